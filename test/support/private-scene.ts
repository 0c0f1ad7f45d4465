import type { Message, Reply } from '../../src/demo/workspace/index.ts';
import { joins, leaves } from './joining.ts';
import { createStory, type Story } from './story.ts';

/**
 * Who may not know of it: a member, an administrator, a guest, somebody of another organisation, and
 * somebody who was in it: they wrote in it, have a role and an action item, were called, and left.
 */
export const OUTSIDERS = ['cy', 'ada', 'gus', 'xen', 'bo'] as const;
/** A channel that is no incident's. */
export const ELSEWHERE = 'C0GENERAL';
/** Words that stand in the private incident, and nowhere else. */
export const SECRET = /zebrafish|krakenledger|mantaray|walrus/i;

/** A private incident, INC-2, with something of everything in it, and a public one beside it. */
export async function privateScene(lines: string[] = []): Promise<Story> {
  const story = await createStory({ answerWithinMs: 15_000, lines });
  await story.opens('ana', 'sev2 Checkout is slow');
  await story.opens('ana', 'sev2 private: Zebrafish acquisition');
  const hidden = story.channel(2).id;
  for (const line of [
    'log the krakenledger was copied',
    'cause root the krakenledger had no lock',
    'impact walrus customers are affected',
    'action lock the mantaray <@U0BO> due tomorrow',
    'update the krakenledger is safe',
    'link 1 related',
    'lead me',
    'postmortem refresh',
  ])
    await story.type('ana', `/incident ${line}`, hidden);
  await story.type('ana', '/incident page <@U0BO> the krakenledger', hidden);
  await story.type('ana', '/incident role scribe <@U0BO>', hidden);
  await joins(story, 'max', hidden);
  await story.type('bo', '/incident log the walrus is back', hidden);
  await story.fastForward(1);
  await leaves(story, 'bo', hidden);
  const { workspace } = story;
  const told = workspace.directMessages('U0BO').map(({ ts }) => ts);
  before.set(story, { whispers: workspace.seenBy('U0BO').length, told });
  return story;
}

/** What bo had been told when they left: that cannot be taken back. */
const before = new WeakMap<Story, { whispers: number; told: readonly string[] }>();

/** Sends the last form or press again as if somebody else had; gives what they are answered. */
export async function forged({ workspace, idOf }: Story, name: string): Promise<string> {
  const delivery = workspace.deliveries.findLast(({ kind }) => kind === 'interaction');
  const payload = JSON.parse(new URLSearchParams(delivery?.body).get('payload') ?? '{}');
  const user = { ...payload.user, id: idOf(name), username: name, name };
  const view = { ...payload.view, id: `V${name.toUpperCase()}${payload.view.id}` };
  const sent = { ...payload, user, view, trigger_id: workspace.trigger(user.id) };
  const body = new URLSearchParams({ payload: JSON.stringify(sent) }).toString();
  const headers = {
    ...workspace.sign(body),
    'content-type': 'application/x-www-form-urlencoded',
  };
  const answer = await workspace.rawRequest({ body, headers });
  if (answer.status !== 200) throw new Error(`${name}: HTTP ${answer.status}`);
  // What a form remembers is what was sent.
  return JSON.stringify(answer.body ?? '', (key, value) =>
    key === 'private_metadata' ? null : value,
  );
}

interface Pressable {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
}

const buttonsIn = ({ blocks }: Message | Reply): Pressable[] =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? ((block.elements ?? []) as unknown as Pressable[]) : [],
  );

/** Every different button that ana was shown of the private incident, each on a message elsewhere. */
export function buttonsElsewhere(story: Story): { button: Pressable; on: Message }[] {
  const { messages } = story.channel(2);
  const [any] = messages;
  if (any === undefined) throw new Error('there is no card');
  const all = [...messages, ...story.workspace.seenBy('U0ANA')].flatMap(buttonsIn);
  const ofIt = all.filter(({ type, value }) => type === 'button' && /^2 /.test(value ?? ''));
  const different = [...new Map(ofIt.map((button) => [button.value, button])).values()];
  return different.map((button, n) => ({
    button,
    on: {
      ...any,
      channel: ELSEWHERE,
      ts: `1.${String(n).padStart(6, '0')}`,
      blocks: [{ type: 'actions', block_id: 'b', elements: [{ ...button }] }],
    },
  }));
}

/** Everything that somebody can see of Muster: whispers, direct messages, forms, Home, files, public channels. */
export function everythingSeen(story: Story, name: string): string {
  const { workspace, idOf } = story;
  const id = idOf(name);
  const seen = workspace.seenBy(id);
  const channels = [...workspace.channels.values()].filter(
    ({ kind, members }) => kind === 'public' || members.includes(id),
  );
  const ids = new Set(channels.map((channel) => channel.id));
  const files = workspace.files.filter(({ channel }) => ids.has(channel));
  const { whispers, told } = (name === 'bo' ? before.get(story) : null) ?? {
    whispers: 0,
    told: [],
  };
  return JSON.stringify([
    seen.slice(whispers).map(({ blocks, text }) => [text, blocks]),
    channels.map(({ messages, topic, canvas, bookmarks }) => [
      topic,
      canvas,
      bookmarks,
      messages
        .filter(({ ts }) => !told.includes(ts))
        .map(({ text, blocks, metadata }) => [text, blocks, metadata]),
    ]),
    workspace.viewOf(id) ?? null,
    workspace.homeOf(id) ?? null,
    files.map(({ name: file, title, content }) => [file, title, content.toString('utf8')]),
  ]);
}

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import type { Ping } from '../../src/domain/ping.ts';
import { type Message, say } from '../../src/domain/text.ts';
import { delivering, delivery, incident, office, told } from './support.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  // Writing into an archived channel is how one finds out.
  expect(workspace.violations.filter(({ rule }) => rule !== 'is_archived')).toEqual([]);
  await workspace.close();
});

const texts = (channel: string): string[] =>
  (workspace.channel(channel)?.messages ?? []).map(({ text }) => text);
const long = (parts: number): Message => ({
  summary: ['long'],
  blocks: Array.from({ length: parts * 3 + 1 }, (_, at) => ({
    type: 'paragraph',
    line: [`${at} `.repeat(1400).slice(0, 2800)],
  })),
});
const ping: Ping = {
  timer: 'acknowledge',
  level: 0,
  why: ['Nobody has acknowledged it.'],
  who: [{ type: 'usergroup', id: 'S012SRE' }],
  stops: ['/incident ack'],
  next: null,
  lateMs: 0,
};

test('invites whom it can and names the others', async () => {
  const { deliver } = delivering(workspace);
  const channel = workspace.channel('C0WAR');
  if (channel) channel.members = [workspace.botUserId, 'U0ANA'];
  const targets = [
    { type: 'usergroup', id: 'S012SRE' },
    { type: 'user', id: 'U0NOBODY' },
    { type: 'usergroup', id: 'S0GONE' },
    { type: 'declarer' },
  ] as const;
  const delivered = await deliver(
    delivery({ what: { type: 'invite', targets }, to: { type: 'chores' } }),
  );
  expect(channel?.members).toContain('U0BO');
  expect(told(delivered)).toMatchObject({ type: 'done', next: [{ to: { type: 'incident' } }] });
  expect(JSON.stringify(delivered)).toContain('U0NOBODY');
  expect(JSON.stringify(delivered)).toContain('S0GONE');
  expect(JSON.stringify(delivered)).not.toContain('U0BO');
});

test('a group becomes one ping for each member, and an empty one is reported', async () => {
  const { deliver } = delivering(workspace);
  const what = { type: 'ping group', group: 'S012SRE', ping } as const;
  expect(told(await deliver(delivery({ what, to: { type: 'chores' }, key: 'g' })))).toEqual({
    type: 'done',
    next: ['U0BO', 'U0ANA'].map((id) => ({
      key: `g:${id}`,
      to: { type: 'user', id },
      what: { type: 'ping', ping },
    })),
  });
  const gone = { ...what, group: 'S0GONE' };
  expect(told(await deliver(delivery({ what: gone, to: { type: 'chores' } })))).toMatchObject({
    type: 'failed',
    next: [{ to: { type: 'incident' } }],
  });
});

test('pings are settled in place: no buttons any more, what was said stays, once', async () => {
  const { deliver } = delivering(workspace);
  await deliver(delivery({ what: { type: 'ping', ping }, to: { type: 'user', id: 'U0BO' } }));
  await deliver(delivery({ what: { type: 'ping', ping } }));
  const [direct] = workspace.directMessages('U0BO');
  expect(JSON.stringify(direct?.blocks)).toContain('actions');
  const line = ['Acknowledged by ', { type: 'user', id: 'U0ANA' }] as const;
  const settle = delivery({
    what: { type: 'settle pings', line, timers: null },
    to: { type: 'chores' },
  });
  expect(await deliver(settle)).toEqual({ type: 'done' });
  expect(await deliver(settle)).toEqual({ type: 'done' });
  for (const message of [direct, workspace.channel('C0WAR')?.messages[0]]) {
    expect(JSON.stringify(message?.blocks)).not.toContain('"actions"');
    expect(message?.text).toContain('Nobody has acknowledged it.');
    expect(message?.text.split('Acknowledged by').length).toBe(2);
  }
});

test('only pings of the clocks that are meant are settled, and none that was decided later', async () => {
  const { deliver } = delivering(workspace);
  const update = delivery({ what: { type: 'ping', ping: { ...ping, timer: 'update' } } });
  await deliver(update);
  await deliver(delivery({ what: { type: 'ping', ping } }));
  const settle = delivery({
    what: { type: 'settle pings', line: ['Replaced.'], timers: ['update'] },
    to: { type: 'chores' },
  });
  // Another destination was faster: the newer reminder stands there before the older one is settled.
  await deliver(delivery({ what: { type: 'ping', ping: { ...ping, timer: 'update' } } }));
  await deliver(settle);
  const shown = (workspace.channel('C0WAR')?.messages ?? []).map(({ text }) =>
    text.includes('Replaced.'),
  );
  expect(shown).toEqual([true, false, false]);
});

test('a ping in doubt is not posted once somebody has acknowledged, and is found where it was', async () => {
  const acked = delivering(workspace, incident({ acknowledgedBy: 'U0BO' }));
  const what = { type: 'ping', ping: { ...ping, timer: 'policy' } } as const;
  const before = Date.now();
  expect(await acked.deliver(delivery({ what, unsureSince: before }))).toEqual({
    type: 'done',
    unwanted: true,
  });
  expect(texts('C0WAR')).toEqual([]);
  const one = delivery({ what });
  await delivering(workspace).deliver(one);
  const again = await acked.deliver({ ...one, unsureSince: before });
  expect(again).toMatchObject({ type: 'done', post: { channel: 'C0WAR' } });
  expect(texts('C0WAR')).toHaveLength(1);
});

test('a draft is a message with its Markdown; a later version stays in its thread', async () => {
  const draft = (version: number) => ({
    version,
    markdown: `# Draft ${version}`,
    message: long(2),
    at: 0,
    basedOn: 1,
  });
  const first = delivering(workspace, incident(), draft(1));
  await first.deliver(delivery({ what: { type: 'draft', version: 1 } }));
  expect(workspace.files.map(({ name }) => name)).toEqual(['INC-42-postmortem-v1.md']);
  const top = first.posts.get('draft');
  const second = delivering(workspace, incident(), draft(2));
  if (top) second.posts.set('draft', top);
  await second.deliver(delivery({ what: { type: 'draft', version: 2 } }));
  expect(workspace.files.at(-1)).toMatchObject({ threadTs: top?.ts });
  expect(workspace.files.at(-1)?.content.toString()).toBe('# Draft 2');
});

test('a draft whose upload answer was lost is uploaded once', async () => {
  const draft = { version: 1, markdown: '# Draft', message: long(2), at: 0, basedOn: 1 };
  const { deliver } = delivering(workspace, incident(), draft);
  workspace.faults.push({ method: /^files\.completeUploadExternal$/, times: 1, mode: '500-after' });
  const one = delivery({ what: { type: 'draft', version: 1 } });
  const before = Date.now();
  expect(await deliver(one)).toMatchObject({ type: 'unsure' });
  expect(await deliver({ ...one, unsureSince: before })).toMatchObject({ type: 'done' });
  expect(workspace.files).toHaveLength(1);
  const said = texts('C0WAR').filter((text) => text.includes('long'));
  expect(new Set(said).size).toBe(said.length);
});

test('a person who cannot be pinged is named in the channel and to the administrators', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'ping', ping }, to: { type: 'user', id: 'U0NOBODY' } });
  expect(told(await deliver(one))).toMatchObject({
    type: 'failed',
    next: [{ to: { type: 'incident' } }, { to: { type: 'user', id: 'U0ANA' } }],
  });
});

test('topic, announcement, reminder, briefing and export arrive', async () => {
  const { deliver, people } = delivering(workspace, incident({ roles: { commander: 'U0BO' } }));
  const flags = { admin: false, guest: false, bot: false, deleted: false };
  people.set('U0BO', { id: 'U0BO', name: 'bo', zone: null, ...flags });
  await deliver(delivery({ what: { type: 'topic' }, to: { type: 'chores' } }));
  expect(workspace.channel('C0WAR')?.topic).toContain('sev1 | investigating | commander @bo |');
  const announced = { type: 'channel', id: 'C0INCIDENTS' } as const;
  await deliver(delivery({ what: { type: 'announcement' }, to: announced }));
  expect(texts('C0INCIDENTS')).toHaveLength(1);
  await deliver(
    delivery({
      what: { type: 'message', message: say('you asked') },
      to: { type: 'ephemeral', channel: 'C0WAR', user: 'U0ANA' },
    }),
  );
  expect(workspace.seenBy('U0ANA').map(({ text }) => text)).toEqual(['you asked']);
  const bo = { type: 'user', id: 'U0BO' } as const;
  await deliver(delivery({ what: { type: 'briefing', role: 'commander' }, to: bo }));
  expect(workspace.directMessages('U0BO')).toHaveLength(1);
  await deliver(delivery({ what: { type: 'file', format: 'json' }, to: bo }));
  expect(workspace.files.at(-1)?.content.toString()).toContain('checkout down');
});

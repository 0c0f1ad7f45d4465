import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readSettings } from '../../src/config/file.ts';
import { viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import type { SlackMessage } from '../../src/domain/message.ts';
import { masked } from '../../src/domain/secrets/index.ts';
import { home } from '../../src/domain/views/home.ts';
import { homeView } from '../../src/slack/home/view.ts';
import { type RawMessage, readableText } from '../../src/slack/messages/raw.ts';
import { activeIn, hostile } from '../support/hostile.ts';
import { SETTINGS } from '../support/ladder.ts';
import { incident, NOW } from './desk.ts';
import { createRoom, type Room, rendered, saidBy, squeezed } from './room.ts';

/** Ten thousand by hand, once; a few every time. */
const RUNS = process.env.LONG === undefined ? 30 : 10_000;

const figures = { messages: 0, followed: 0, renamed: 0, configured: 0, refused: 0, homes: 0 };
afterAll(() => {
  if (process.env.LONG !== undefined) process.stderr.write(`${JSON.stringify(figures)}\n`);
});

const texts = (count: number) => fc.array(hostile, { minLength: count, maxLength: count });

/** What is shown of the record by reading it. */
async function readings(room: Room): Promise<string[]> {
  const all: string[] = [];
  for (const line of ['timeline all', 'card', 'brief']) {
    const handled = await room.type(line, 'command');
    if (handled.type === 'reply') all.push(...rendered(handled.reply.message));
  }
  return all;
}

/** A message as it comes out of Slack: in a thread, shared by a system, with files, in its own marks. */
function taken(raw: RawMessage, names: Record<string, string>, at: number): SlackMessage {
  const files = (raw.files ?? []).map(({ name }) => ({ name: name ?? '', link: null }));
  return {
    ...{ channel: 'C042', ts: '1772978400.000100', at, author: raw.user ?? null, files },
    ...{ link: 'https://x.slack.com/archives/C042/p1', edited: raw.edited?.ts ?? null },
    text: masked(readableText(raw, names)).text,
  };
}

test('messages, edits of them, threads, files and what systems share: kept, and none of it acts', async () => {
  const runs = fc.asyncProperty(texts(6), fc.boolean(), async (all, isSystem) => {
    const [text = '', edited = '', file = '', name = '', shared = '', title = ''] = all;
    const room = createRoom();
    const { clockwork } = room;
    const names = { U0EVIL: name, S0EVIL: name, C0EVIL: name };
    const raw: RawMessage = {
      text,
      ...(isSystem ? { username: name, bot_id: 'B1' } : { user: 'UBO', thread_ts: '1.2' }),
      files: [{ name: file }],
      attachments: [{ title, text: shared, fallback: text }],
    };
    const message = taken(raw, names, clockwork.now);
    expect(clockwork.attempt({ type: 'capture', message }).ok).toBe(true);
    const no = clockwork.entries.at(-1)?.no;
    expect(squeezed(clockwork.entries.at(-1)?.text ?? '')).toBe(squeezed(message.text));
    const after = taken(
      { ...raw, text: edited, edited: { ts: '1772978500.1' } },
      names,
      message.at,
    );
    const follows = { type: 'follow', ts: message.ts, message: after } as const;
    const followed = clockwork.attempt(follows, 'UBO');
    expect(followed.ok).toBe(true);
    if (followed.ok) expect(rendered(followed.value.reply.message)).toEqual([]);
    const entry = clockwork.entries.find((one) => one.no === no);
    if (after.text !== '') expect(squeezed(entry?.text ?? '')).toBe(squeezed(after.text));
    for (const type of ['release', 'follow'] as const)
      clockwork.attempt(
        type === 'release' ? { type, ts: message.ts } : { ...follows, message: null },
      );
    figures.messages += 1;
    figures.followed += Number(entry?.text !== message.text);
    expect(await readings(room)).toEqual([]);
    expect(saidBy(room)).toEqual([]);
  });
  await fc.assert(runs, { numRuns: RUNS });
}, 1_800_000);

test('names of people, and of channels that were renamed by hand, act nowhere', async () => {
  const runs = fc.asyncProperty(texts(3), async ([name = '', other = '', first = '']) => {
    const room = createRoom();
    room.clockwork.attempt({ type: 'channel', event: { type: 'renamed', name: first } });
    const event = { type: 'renamed', name: other } as const;
    const renamed = room.clockwork.attempt({ type: 'channel', event });
    expect(renamed.ok).toBe(true);
    if (renamed.ok) expect(rendered(renamed.value.reply.message)).toEqual([]);
    room.clockwork.attempt({ type: 'channel', event: { type: 'archived' } });
    figures.renamed += 1;
    expect(await readings(room)).toEqual([]);
    expect(saidBy(room, { people: { UANA: name, UONE: other } })).toEqual([]);
  });
  await fc.assert(runs, { numRuns: RUNS });
}, 1_800_000);

/** A name as long as the configuration takes one. */
const fitting = (text: string): string =>
  text
    .replaceAll(/[\r\n]/g, ' ')
    .trim()
    .slice(0, 60) || 'x';

test('what the configuration names teams, services, links and headings acts nowhere', async () => {
  const runs = fc.asyncProperty(texts(4), fc.boolean(), async (all, fits) => {
    const [title = '', service = '', heading = '', role = ''] = fits ? all.map(fitting) : all;
    const read = readSettings(
      JSON.stringify({
        links: [{ title, url: 'https://example.com/run', service }],
        postmortem: { sections: ['summary', { impact: heading }, 'timeline'] },
        ...(fits ? {} : { roles: [role] }),
      }),
    );
    if (!read.ok) {
      figures.refused += 1;
      expect(read.refusal.every(({ reason }) => reason !== '')).toBe(true);
      return;
    }
    figures.configured += 1;
    const room = createRoom(read.value);
    await room.type(`set service ${service}`, 'form');
    for (const line of ['preview sev1', 'help', 'oncall', 'list', 'role', 'postmortem section']) {
      const handled = await room.type(line, 'command');
      if (handled.type === 'reply') expect(rendered(handled.reply.message)).toEqual([]);
    }
    expect(saidBy(room, { settings: read.value })).toEqual([]);
  });
  await fc.assert(runs, { numRuns: RUNS });
}, 1_800_000);

test('whatever incidents and action items are called, Home takes it and none of it acts', () => {
  const runs = fc.property(texts(4), ([title = '', text = '', name = '', ref = '']) => {
    const room = createRoom();
    const here = {
      ...incident(7, { title }),
      channel: { id: 'C07', name, state: 'ready' as const },
    };
    const item = { owner: 'UANA', due: NOW, refs: [ref], addresses: null, sort: null, done: false };
    const timers = room.clockwork.timers;
    const parts = {
      ...{ viewer: 'UANA', asOf: NOW, overrides: [], findings: null, mayDeclare: true },
      open: [{ incident: here, timers, mine: true, pinged: true }],
      counts: { mine: 1, others: 0 },
      postmortems: [{ incident: { ...here, status: 'resolved' as const }, timers }],
      actions: [{ incident: here, n: 1, text, item }],
      said: { summary: [title], blocks: [{ type: 'quote' as const, text }] },
    };
    const view = homeView(home(parts, SETTINGS));
    expect(viewProblems(view)).toEqual([]);
    expect(activeIn(view)).toEqual([]);
    figures.homes += 1;
  });
  fc.assert(runs, { numRuns: RUNS });
}, 1_800_000);

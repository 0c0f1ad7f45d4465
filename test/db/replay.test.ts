import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOf } from '../../src/commands/import-line.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { createArchives } from '../../src/db/archive.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Archive } from '../../src/domain/archive.ts';
import type { SlackMessage } from '../../src/domain/message.ts';
import { composeDraft, draftMarkdown } from '../../src/domain/postmortem/index.ts';
import { findingsOf } from '../support/eventful.ts';
import { heldState, replayed } from '../support/replay.ts';
import { createStoreBench, log, START, type StoreBench } from '../support/store-bench.ts';

const ZONE = 'Europe/Madrid';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

let words = 0;
/** A text that nothing else has, with whatever people type beside it. */
const text = fc
  .tuple(
    fc.constantFrom(
      '',
      ' *bold* `code` <!channel>',
      ' | a | table',
      ' 已恢复',
      '\n- a list',
      ' #5 & co',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .map(
    ([odd, any]) =>
      `Line ${'abcdefghij'.charAt(words % 10)}${++words}z${odd}${any.replaceAll('\0', '')}`,
  );
const when = fc.constantFrom(null, '13:40', '--:--', '9 minutes ago', '25:70', 'yesterday 10:00');
const no = fc.integer({ min: 1, max: 14 });

/** A message of the channel, of which there are three, as somebody sees it at some time. */
const message = fc
  .tuple(fc.integer({ min: 1, max: 3 }), text, fc.option(fc.integer({ min: 1, max: 9 })))
  .map(([n, words, edit]): SlackMessage => {
    const at = START - n * 60_000;
    const ts = `${at / 1000}.00000${n}`;
    const edited = edit === null ? null : `${at / 1000 + edit}.000100`;
    const link = `https://acme.slack.com/archives/C0/p${n}`;
    return { channel: 'C0', ts, at, author: 'U0CY', text: words, files: [], link, edited };
  });

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: message.map((seen): Action => ({ type: 'capture', message: seen })) },
  message.map(({ ts }): Action => ({ type: 'release', ts })),
  message.map((seen): Action => ({ type: 'follow', ts: seen.ts, message: seen })),
  message.map(({ ts }): Action => ({ type: 'follow', ts, message: null })),
  {
    weight: 4,
    arbitrary: fc.tuple(text, when).map(([one, at]) => ({ ...log(one), when: at }) as Action),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('edit' as const),
      entry: no,
      when: fc.constantFrom(null, null, '13:10', '--:--'),
      text: fc.option(text),
      kinds: fc.constantFrom([], ['note' as const], ['mitigation' as const, 'failed' as const]),
    }),
  },
  no.map((entry): Action => ({ type: 'strike', entry, reason: null })),
  no.map((entry): Action => ({ type: 'restore', entry })),
  {
    weight: 3,
    arbitrary: fc.constantFrom<Action>(
      { type: 'undo' },
      { type: 'milestone', milestone: 'impact started', when: '13:30', by: null, text: null },
      { type: 'milestone', milestone: 'detected', when: null, by: null, text: null },
      { type: 'milestone', milestone: 'mitigated', when: null, by: null, text: null },
    ),
  },
  fc.constantFrom<Action>(
    { type: 'ack', when: null },
    { type: 'severity', to: 'sev1', reason: 'larger' },
    { type: 'refresh draft' },
    { type: 'resolve', when: null, text: null, confirmed: true },
    { type: 'reopen', when: null, reason: 'again' },
  ),
  text.map((one): Action => ({ type: 'effect', when: null, text: one })),
  text.map((one): Action => ({ type: 'cause', role: 'root', when: null, text: one })),
  text.map((one): Action => ({ type: 'lesson', sort: 'well', text: one })),
  fc.tuple(text, text).map(([one, other]): Action => {
    const pasted = `13:01 ${one.replaceAll(/\s+/g, ' ')}\n13:02 ${other.replaceAll(/\s+/g, ' ')}`;
    return importOf({ date: '2026-03-08', zone: 'UTC', pasted, answers: {}, proposed: false });
  }),
);

const step = fc.oneof(
  { weight: 6, arbitrary: action.map((asked) => ({ asked, minutes: 0 })) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 40 }).map((minutes) => ({ asked: null, minutes })),
  },
);

/** Everything that the draft says, without what Markdown needs to say it. */
const plain = (markdown: string): string => markdown.replaceAll(/\\(?=[^\w\s])/g, '');

/** The words of unstruck entries that the draft lacks. */
function lost(archive: Archive): readonly string[] {
  const draft = plain(
    draftMarkdown(
      composeDraft({ records: [archive] }, DEFAULTS, { version: 1, now: archive.asOf }),
    ),
  );
  return archive.entries
    .filter(({ struck }) => struck === null)
    .map(({ text: typed }) => /Line \w+z/.exec(typed)?.[0] ?? '')
    .filter((word) => !draft.includes(word));
}

test('whatever people do, the audit done again gives the record, the chain holds and the draft has every line', async () => {
  const { archive } = createArchives(bench.pool);
  let now = START;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const id = await bench.opened(crypto.randomUUID());
      for (const [place, { asked, minutes }] of steps.entries()) {
        now += minutes * 60_000 + 1000;
        await bench.clock.set(now);
        if (asked === null) await bench.fireAll();
        else await bench.ask(asked, { incident: id, by: place % 3 === 0 ? 'U0BO' : 'U0ANA' });
      }
      const kept = await archive(id);
      if (kept === null) throw new Error('it is gone');
      expect(replayed(kept, DEFAULTS, ZONE)).toEqual(heldState(kept));
      expect(await findingsOf(bench, id)).toEqual([]);
      expect(lost(kept)).toEqual([]);
    }),
    { numRuns: process.env.LONG ? 200 : 25 },
  );
}, 120_000);

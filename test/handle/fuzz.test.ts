import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { readSettings } from '../../src/config/file.ts';
import { KINDS } from '../../src/domain/words.ts';
import type { Handled } from '../../src/handle.ts';
import { escaped, hostile } from '../support/hostile.ts';
import { createRoom, keptOf, rendered, saidBy, squeezed } from './room.ts';

/** Ten thousand by hand, once; a thousand every time. */
const RUNS = process.env.LONG === undefined ? 1000 : 10_000;

const figures = { typed: 0, done: 0, asked: 0, refused: 0, forms: 0, entries: 0 };
afterAll(() => {
  if (process.env.LONG !== undefined) process.stderr.write(`${JSON.stringify(figures)}\n`);
});

/** Beginnings that get a text past the grammar of its verb, to where it is kept. */
const BEGINNINGS = [
  'open sev1 ',
  'open private: ',
  'log ',
  'log 14:31 ',
  'log at 13:50, ',
  'log --:-- after 1 ',
  'edit 1 ',
  'edit 2 at 14:02, ',
  'strike 1 ',
  'redact 1 ',
  'impact ',
  'impact started 14:01 ',
  'detected by ',
  'mitigated 14:03 by ',
  'cause root ',
  'cause trigger 14:01 ',
  'fix permanent ',
  'workaround ',
  'lesson badly ',
  'comms external 14:02 ',
  'stated impact ',
  'set service ',
  'set classification ',
  'sev sev3 ',
  'status identified ',
  'update ',
  'role scribe @U012X ',
  'handoff @U012X ',
  'page platform ',
  'snooze resolve 10m ',
  'action ',
  'action done ',
  'resolve ',
  'cancel ',
  'reopen ',
  'postmortem section summary ',
  'postmortem export ',
  'drill sev2 ',
  'record ',
  'import ',
  'find ',
  'oncall ',
  'stats ',
  'help ',
  'last ',
  'confirm ',
  'merge ',
  'link 7 ',
];

const beginning = fc.oneof(
  fc.constantFrom(...BEGINNINGS),
  fc.constantFrom(
    ...COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]).map((one) => `${one} `),
  ),
  fc.constantFrom('', '42 ', '#42 log ', 'frobnicate '),
);

/** Whom a person names there is who is meant; Slack would have written the same mark. */
const NAMES_PEOPLE =
  /^(?:\S*\d+ )?(?:page|escalate|lead|commander|role|assign|handoff|oncall|action|task|todo|followup|find|search|postmortem|pm|retro|draft)\b/;

function tally(handled: Handled): void {
  figures.typed += 1;
  if (handled.type === 'form') figures.forms += 1;
  else if (handled.type === 'reply') figures[handled.reply.outcome] += 1;
}

test('whatever is typed after any verb is answered, lost nowhere, and shown as it was typed', async () => {
  let room = createRoom();
  let count = 0;
  const runs = fc.asyncProperty(beginning, hostile, async (start, text) => {
    count += 1;
    // In every other room nobody is named: there, no mark may be one.
    const named = Math.floor(count / 40) % 2 === 0;
    if (!named && NAMES_PEOPLE.test(start)) return;
    if (count % 40 === 0) {
      expect(saidBy(room).filter((one) => !/U0EVIL|S0EVIL/.test(one))).toEqual([]);
      figures.entries += room.clockwork.entries.length;
      room = createRoom();
    }
    const before = room.clockwork.entries.length;
    const refusals = room.answers.length;
    const handled = await room.type(escaped(start + text), 'command');
    tally(handled);
    if (handled.type !== 'reply') return;
    const acts = rendered(handled.reply.message);
    expect(
      acts.filter((one) => !named || /!(?:channel|here|everyone)|evil\.example/.test(one)),
    ).toEqual([]);
    const kept = keptOf(start + text);
    const last = room.answers.at(-1);
    if (handled.reply.outcome === 'refused' && room.answers.length > refusals)
      expect(squeezed(last?.typed ?? '')).toBe(kept);
    if (start === 'update ' && room.clockwork.entries.length > before)
      expect(kept).toContain(squeezed(room.clockwork.entries.at(-1)?.text ?? '').slice(0, 100));
  });
  await fc.assert(runs, { numRuns: RUNS });
}, 600_000);

const TAG = new RegExp(`[#+](?:${KINDS.join('|')})`, 'g');
const untagged = (text: string): string => text.replaceAll(TAG, '');

test('the text of a line is in its entry, to the letter, whatever it is', async () => {
  const typed = hostile.filter((text) => squeezed(text) !== '');
  const runs = fc.asyncProperty(typed, async (text) => {
    const room = createRoom();
    await room.type(`log we saw ${text}`, 'form');
    const entry = room.clockwork.entries.at(-1);
    // Tags among those at the end are its kinds, and nothing else is left out.
    expect(untagged(squeezed(entry?.text ?? ''))).toBe(untagged(keptOf(`we saw ${text}`)));
  });
  await fc.assert(runs, { numRuns: RUNS / 4 });
}, 600_000);

test('names in the configuration may be anything: it is read, or every problem is told', () => {
  const runs = fc.property(hostile, hostile, (name, other) => {
    const file = JSON.stringify({
      time_zones: [other],
      announce: other,
      roles: [name],
      severities: { [name]: { aliases: [other], policy: name } },
      policies: { [name]: { levels: [{ after: '0m', notify: [other, 'channel'] }] } },
      schedules: { [name]: { time_zone: other, rotation: { every: 'week', members: [other] } } },
    });
    const read = readSettings(file);
    if (!read.ok) {
      expect(read.refusal.length).toBeGreaterThan(0);
      for (const { reason } of read.refusal) expect(reason).not.toBe('');
    }
  });
  fc.assert(runs, { numRuns: RUNS / 4 });
});

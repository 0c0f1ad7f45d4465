import type { ViewOutput } from '@slack/bolt';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import { readable } from '../../src/commands/slack-tokens.ts';
import { viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import type { Json } from '../../src/demo/workspace/limits/rules.ts';
import type { Reply } from '../../src/domain/decision.ts';
import { masked } from '../../src/domain/secrets/index.ts';
import { KINDS } from '../../src/domain/words.ts';
import type { Answers } from '../../src/slack/forms/form.ts';
import { FORMS } from '../../src/slack/forms/index.ts';
import { answersOf, blankIn, formView } from '../../src/slack/forms/view.ts';
import { activeIn, hostile } from '../support/hostile.ts';
import { SETTINGS } from '../support/ladder.ts';
import { createRoom, keptOf, type Room, rendered, squeezed } from './room.ts';

/** Ten thousand by hand, once; a few every time. */
const RUNS = process.env.LONG === undefined ? Number(process.env.FUZZ ?? 25) : 10_000;

/** What is no text to be kept but is read as something; what cannot be read is refused at its field. */
const READ = ['since', 'time', 'zone', 'trackers', 'snooze/own'];

const isReadAs = (name: FormName, field: string): boolean =>
  READ.includes(field) || READ.includes(`${name}/${field}`);

const figures: Record<string, Record<string, number>> = {};
afterAll(() => {
  if (process.env.LONG !== undefined) process.stderr.write(`${JSON.stringify(figures)}\n`);
});

/** Whom a person names in these there is who is meant. */
const NAMES_PEOPLE: readonly FormName[] = ['action'];

/** A form as Slack shows it, with this in its fields. */
function opened(
  name: FormName,
  room: Room,
  filled: Readonly<Record<string, string>>,
  called = 'sre',
) {
  const groups = [{ id: 'S0SRE', handle: called, name: called }];
  const incident = name === 'declare' ? null : room.clockwork.incident;
  const context = { settings: SETTINGS, incident, groups, filled, above: [] };
  const view = formView(name, context, { incident: null, channel: 'C042', responseUrl: null });
  expect(viewProblems(view)).toEqual([]);
  expect(activeIn(view)).toEqual([]);
  return view.blocks as unknown as Json[];
}

/** What somebody enters into a field: a text, or what comes first. */
function entered(element: Json, text: string): Json {
  const { type, max_length: most = 0 } = element;
  const [first] = (element.options ?? []) as Json[];
  if (type === 'plain_text_input') return { value: text.slice(0, Number(most)) || null };
  if (type === 'users_select') return { selected_user: 'UBO' };
  if (type === 'multi_users_select') return { selected_users: ['UBO'] };
  if (type === 'datepicker') return { selected_date: '2026-03-08' };
  const many = type === 'checkboxes' || type === 'multi_static_select';
  return many ? { selected_options: [] } : { selected_option: element.initial_option ?? first };
}

/** What can be read stands in every other form, so that the rest of it gets past that. */
const READABLE: Readonly<Record<string, string>> = { zone: 'UTC', lines1: '14:01 ' };

/** Every field of a view filled in, as Slack sends it. */
function filledIn(
  name: FormName,
  blocks: readonly Json[],
  texts: readonly string[],
  isRead: boolean,
): ViewOutput {
  const inputs = blocks.filter(({ element }) => element !== undefined);
  const values = inputs.map(({ block_id: field, element }, at) => {
    const control = element as Json;
    const text = texts[at % texts.length] ?? '';
    const reads = isRead && isReadAs(name, String(field));
    const value = entered(
      control,
      isRead ? `${READABLE[String(field)] ?? ''}${reads ? '' : text}` : text,
    );
    return [String(field), { [String(control.action_id)]: value }];
  });
  return { blocks, state: { values: Object.fromEntries(values) } } as unknown as ViewOutput;
}

/** Everything that is remembered: the record, and what was answered or asked. */
const remembered = ({ clockwork, answers }: Room, reply: unknown): string =>
  JSON.stringify(
    [clockwork.incident, clockwork.entries, clockwork.notices, answers, reply],
    (_, value) => (typeof value === 'string' ? squeezed(value) : value),
  ).toLowerCase();

/** The texts that are to be kept, and are not. */
function lost(name: FormName, answers: Answers, view: ViewOutput, kept: string): string[] {
  const fields = answers.fields.filter((field) => !isReadAs(name, field));
  const texts = fields.filter((field) =>
    view.blocks.some(
      (one) => 'element' in one && one.block_id === field && 'multiline' in one.element,
    ),
  );
  return texts.map((field) => answers.text(field)).filter((text) => !isIn(kept, text));
}

/** A text is kept whole; one with a time in it is kept as a time and the rest. */
function isIn(kept: string, text: string): boolean {
  const has = (part: string): boolean =>
    kept.includes(JSON.stringify(part).slice(1, -1).toLowerCase());
  // Marks alone are a list's, or say nothing.
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  const said = text.replaceAll(/[\0\p{Surrogate}]/gu, '').replace(/^[\s:,;.–—-]+/, '');
  // A name is kept with its marks, which are text in it.
  const name = squeezed(said.replace(/ (?:to|is)$/i, '')).replaceAll(TAG, '');
  if (has(plain(said)) || has(name)) return true;
  const lines = said.split(/[\r\n\u2028]+/);
  if (lines.length > 1) return lines.every((line) => isIn(kept, line));
  if (!/\d|yesterday/i.test(said)) return false;
  const words =
    readable(said)
      .replaceAll(TAG, ' ')
      .match(/[a-z]{4,}/gi) ?? [];
  return words.every((word) => /^(?:since|until|from)/i.test(word) || has(word));
}

const TAG = new RegExp(`[#+](?:${KINDS.join('|')})`, 'g');
/** Tags at the end of a text are its kinds. */
const plain = (text: string): string => keptOf(text).replaceAll(TAG, '');

/** Sends a form with these texts; what comes of it, or null where it stays with a complaint. */
async function sent(
  name: FormName,
  room: Room,
  texts: readonly string[],
  isRead: boolean,
): Promise<Outcome | null> {
  const form = FORMS[name];
  const kept = { section: 'summary', seen: '-/1/2' };
  const view = filledIn(name, opened(name, room, kept), texts, isRead);
  const answers = answersOf(view);
  const { now, incident } = room.clockwork;
  if ((blankIn(view) ?? form.check(answers, kept)) !== null) return null;
  const shown = form.preview?.(answers, { now, zone: 'UTC', incident, seal: null }) ?? null;
  if (shown !== null && 'field' in shown) return null;
  expect(activeIn(shown?.blocks)).toEqual([]);
  const line = form.text(answers, kept);
  const handled = await room.type(line, 'form');
  // What reads as nothing stays, with a complaint.
  if (handled.type === 'form') return null;
  if (handled.type !== 'reply') throw new Error(`a form stands for a ${handled.type}`);
  const { reply } = handled;
  const missing = lost(name, answers, view, remembered(room, [reply, shown]).replaceAll(TAG, ''));
  // What is declared is another incident, and not this room's; secrets are not to be kept.
  const isKept = reply.outcome === 'done' && name !== 'declare' && masked(line).text === line;
  return { reply, lost: isKept ? missing : [] };
}

interface Outcome {
  readonly reply: Reply;
  readonly lost: readonly string[];
}

const FIVE = fc.array(hostile, { minLength: 5, maxLength: 5 });

test.each(Object.keys(FORMS) as FormName[])(
  'every field of the form %s takes anything: shown as it was typed, answered, and kept',
  async (name) => {
    const tally = { complaint: 0, refused: 0, asked: 0, done: 0 };
    figures[name] = tally;
    const runs = fc.asyncProperty(FIVE, fc.boolean(), async (texts, isRead) => {
      const room = createRoom();
      const [text = '', lines = '', title = ''] = texts;
      opened(name, room, { text, lines, title, reason: text, length: lines, place: title });
      const outcome = await sent(name, room, texts, isRead);
      tally[outcome?.reply.outcome ?? 'complaint'] += 1;
      if (outcome === null) return;
      const acts = rendered(outcome.reply.message);
      const meant = NAMES_PEOPLE.includes(name) ? /[US]0EVIL/ : /^$/;
      expect(acts.filter((one) => !meant.test(one))).toEqual([]);
      expect(outcome.lost).toEqual([]);
    });
    await fc.assert(runs, { numRuns: RUNS });
  },
  1_800_000,
);

import { DateTime } from 'luxon';
import type { Instant } from '../../src/domain/instant.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { understood } from '../../src/handle/understanding.ts';
import { createClockwork } from './clockwork.ts';
import { SETTINGS } from './ladder.ts';
import { spoken } from './spoken.ts';

/** A line as somebody typed it after `/incident`, and when. */
export interface TypedLine {
  readonly at: Instant;
  readonly text: string;
  /** What later lines call the entry that this one writes. */
  readonly label: string | null;
}

const WRITER = 'U0ANA';
const LINE =
  /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{2}:\d{2})([+-]\d{2}:\d{2})?\s+(?:\[(\w+)\] )?(\S.*)$/;

/**
 * Reads lines that begin with a clock; `⏎` stands for a line break. A clock without a date is the next such moment, in the zone
 * of whoever types; `after` is what the first one follows.
 */
export function readLines(text: string, zone: string, after: Instant | null = null): TypedLine[] {
  let last = after;
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, date, clock, offset, label, rest] = LINE.exec(line) ?? [];
      if (clock === undefined || rest === undefined) throw new Error(`no line: ${line}`);
      const at = instantOf({ date, clock, offset, zone, last });
      last = at;
      return { at, text: rest.replaceAll('⏎', '\n'), label: label ?? null };
    });
}

interface Written {
  readonly date: string | undefined;
  readonly clock: string;
  readonly offset: string | undefined;
  readonly zone: string;
  readonly last: Instant | null;
}

function instantOf({ date, clock, offset, zone, last }: Written): Instant {
  if (date === undefined && last === null) throw new Error(`${clock}: of which day?`);
  const day = date ?? DateTime.fromMillis(last ?? 0, { zone }).toISODate();
  const read = DateTime.fromISO(`${day}T${clock}${offset ?? ''}`, { zone });
  if (!read.isValid) throw new Error(`${day} ${clock}: ${read.invalidExplanation}`);
  const next = date === undefined && read.toMillis() < (last ?? 0) ? read.plus({ days: 1 }) : read;
  return next.toMillis();
}

/** An incident that grows as lines are typed: the real parser, the real rules, the timers running. */
export function createDiary(zone: string, start: Instant, settings: Settings = SETTINGS) {
  const work = createClockwork(settings, start);
  const labels = new Map<string, number>();
  const named = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, label: string) => {
      const no = labels.get(label);
      if (no === undefined) throw new Error(`nothing is called ${label}`);
      return String(no);
    });

  return {
    work,
    labels,
    /** Types one line; gives what was answered. What is refused, or asked about first, throws. */
    type(line: string): string {
      const text = named(line);
      const read = understood({ text, actor: { id: WRITER, zone } } as never, settings);
      if (!read.ok) throw new Error(`${text}\n  not understood: ${read.refusal.reason}`);
      const { intent } = read.value;
      if (intent.type === 'read') return '';
      if (intent.type !== 'change') throw new Error(`${text}\n  is ${intent.type}`);
      const done = work.attempt(intent.action, WRITER, zone, text);
      if (!done.ok) throw new Error(`${text}\n  refused: ${done.refusal.reason}`);
      if (done.value.reply.outcome === 'asked')
        throw new Error(`${text}\n  asks: ${spoken(done.value.reply.message)}`);
      return spoken(done.value.reply.message);
    },
    /** Types lines, each at its time. */
    keep(lines: readonly TypedLine[]): void {
      for (const { at, text, label } of lines) {
        work.passes(Math.max(0, at - work.now));
        this.type(text);
        const last = work.entries.filter(({ author }) => author === WRITER).at(-1);
        if (label !== null && last !== undefined) labels.set(label, last.no);
      }
    },
    /** The record as it is now. */
    get record(): IncidentRecord {
      const { incident, entries, timers, now } = work;
      const all = [...entries].sort((a, b) => a.no - b.no);
      return { incident, entries: all, timers, asOf: now, people: {} };
    },
  };
}

export type Diary = ReturnType<typeof createDiary>;

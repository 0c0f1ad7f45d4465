import type { Result } from '../result.ts';
import { ok } from '../result.ts';
import { endsHere, matchAt } from './fold.ts';
import { refuseTime, type TimeRefusal } from './reading.ts';
import { ABBREVIATIONS } from './zone-table.ts';

/** How a clock time was written, which decides how sure we are that it is one. */
export type ClockStyle = 'colon' | 'h' | 'dot' | 'digits' | 'hour' | 'named' | 'unknown';

/** A clock time as written, not yet checked. */
export interface Clock {
  readonly typed: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly meridiem: 'am' | 'pm' | null;
  readonly style: ClockStyle;
  /** How `HRS` was written, or empty. */
  readonly hours: string;
  readonly name: 'noon' | 'midnight' | null;
}

/** A time of day that exists, or the one after the last: 24:00. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** How much is taken for a clock: all that may be one, or only what can be nothing else. */
export type Breadth = 'full' | 'strict';

const FIGURES: readonly (readonly [ClockStyle, RegExp])[] = [
  // Unknown figures first: `2X:XX`, `14:??`, `14:3`, `--:--` have the shape, and must be refused.
  ['unknown', /(?=[\dX]{0,2}[X?_*])[\dX?_*]{1,2}[:h.][\dX?_*]{1,2}|--:--|\d[?X]:\d\d/iy],
  ['unknown', /\d{1,2}:(?:\?{1,2}|XX?|__?|--|\d[X?_])/iy],
  ['colon', /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{3,9})|\.(\d{1,2}))?)?/y],
  ['h', /(\d{1,2})h(\d{2})/iy],
  ['dot', /(\d{1,2})\.(\d{2})/y],
  ['digits', /(\d{1,2})(\d{2})/y],
  ['hour', /(\d{1,2})/y],
];
const SPACED_H = /(\d{1,2}) h (\d{2})/iy;
const UNFINISHED = /\d{1,2}:\d?(?=$| )/y;
const NAMED = /(?:12(?:[:.]00)? ?)?(noon|midday|midnight)/iy;
const MERIDIEM = /[ -]?([ap])(?:m|\.m\.|\.m)/iy;
const HOURS = /[ -]{0,2}(hrs?|hours|uhr|o'clock|h)(?:\.(?=[ ,:]|$))?/iy;
const GLUED = /(?:Z|UTC|GMT)(?![\p{L}\p{N}])|ish\b/iuy;
const CAPITALS = /[A-Z]{2,4}(?![\p{L}\p{N}])/uy;

/** Reads a clock time that begins exactly here; whether it exists is `timeOfDay`'s question. */
export function scanClock(
  text: string,
  position: number,
  breadth: Breadth,
): { clock: Clock; end: number } | null {
  const named = breadth === 'full' ? matchAt(NAMED, text, position) : null;
  if (named !== null && stops(text, position + named[0].length)) return nameOf(named, position);
  for (const [style, pattern] of FIGURES) {
    const figure = matchAt(pattern, text, position);
    const found = figure === null ? null : finish(style, figure, text, position);
    if (found !== null) return found;
  }
  if (breadth === 'strict') return null;
  const spaced = matchAt(SPACED_H, text, position);
  if (spaced !== null) return finish('h', spaced, text, position);
  const unfinished = matchAt(UNFINISHED, text, position);
  return unfinished === null ? null : finish('unknown', unfinished, text, position);
}

function nameOf(found: RegExpExecArray, position: number): { clock: Clock; end: number } {
  const midnight = found[1]?.toLowerCase() === 'midnight';
  const clock: Clock = {
    typed: found[0],
    hour: midnight ? 0 : 12,
    minute: 0,
    second: 0,
    millisecond: 0,
    meridiem: null,
    style: 'named',
    hours: '',
    name: midnight ? 'midnight' : 'noon',
  };
  return { clock, end: position + found[0].length };
}

function finish(
  style: ClockStyle,
  figure: RegExpExecArray,
  text: string,
  position: number,
): { clock: Clock; end: number } | null {
  const suffix = scanSuffix(text, position + figure[0].length);
  const { end, meridiem, hours } = suffix;
  if (!stops(text, end)) return null;
  if (style === 'hour' && meridiem === null) return null;
  const [, hour, minute, second, fraction, shortFraction] = figure;
  const clock: Clock = {
    typed: text.slice(position, end),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Math.floor(Number(`0.${fraction ?? shortFraction ?? 0}`) * 1000),
    meridiem,
    style,
    hours,
    name: null,
  };
  return { clock, end };
}

function stops(text: string, end: number): boolean {
  if (endsHere(text, end) || matchAt(GLUED, text, end) !== null) return true;
  // `10:49EST`, but not `14:31DB`.
  return ABBREVIATIONS.has(matchAt(CAPITALS, text, end)?.[0] ?? '');
}

function scanSuffix(
  text: string,
  position: number,
): { end: number; meridiem: 'am' | 'pm' | null; hours: string } {
  let end = position;
  let meridiem: 'am' | 'pm' | null = null;
  let hours = '';
  // Either order: `2:49 PM hrs`, `5 o'clock pm`.
  for (let round = 0; round < 2; round++) {
    const noise = hours === '' ? matchAt(HOURS, text, end) : null;
    if (noise !== null && endsHere(text, end + noise[0].length)) {
      hours = noise[1] ?? '';
      end += noise[0].length;
    }
    const half: RegExpExecArray | null = meridiem === null ? matchAt(MERIDIEM, text, end) : null;
    if (half !== null && stops(text, end + half[0].length)) {
      meridiem = half[1]?.toLowerCase() === 'p' ? 'pm' : 'am';
      end += half[0].length;
    }
  }
  return { end, meridiem, hours };
}

/** The time of day that was written, or why there is none. 24:00 comes back as hour 24. */
export function timeOfDay(clock: Clock): Result<TimeOfDay, TimeRefusal> {
  const { hour, minute, second, millisecond, meridiem } = clock;
  if (clock.style === 'unknown') return refuseIncomplete(clock);
  const isEnd = hour === 24 && minute === 0 && second === 0 && meridiem === null;
  if (!isEnd && (hour > 23 || minute > 59 || second > 59)) return refuseImpossible(clock);
  if (meridiem !== null && hour === 0) {
    return refuseTime(
      'contradiction',
      `there is no 0 o'clock with AM/PM: write ${pad(hour)}:${pad(minute)} or 12:${pad(minute)} ${meridiem.toUpperCase()}`,
      [`${pad(hour)}:${pad(minute)}`, `12:${pad(minute)} ${meridiem.toUpperCase()}`],
    );
  }
  if (meridiem === 'am' && hour > 12) {
    return refuseTime(
      'contradiction',
      `${clock.typed} contradicts itself: write ${pad(hour)}:${pad(minute)} or ${hour - 12}:${pad(minute)} AM`,
      [`${pad(hour)}:${pad(minute)}`, `${hour - 12}:${pad(minute)} AM`],
    );
  }
  return ok({ hour: inHalf(hour, meridiem), minute, second, millisecond });
}

function inHalf(hour: number, meridiem: 'am' | 'pm' | null): number {
  if (meridiem === 'am' && hour === 12) return 0;
  return meridiem === 'pm' && hour < 12 ? hour + 12 : hour;
}

function refuseImpossible(clock: Clock): { ok: false; refusal: TimeRefusal } {
  const { hour, minute } = clock;
  const reason = `${clock.typed} is not a time of day`;
  if (hour === 23 && minute === 59) {
    return refuseTime('no-such-time', `${reason}: write 23:59:59 or 00:00:00`, [
      '23:59:59',
      '00:00:00',
    ]);
  }
  return refuseTime('no-such-time', `${reason}: hours go from 00 to 23, minutes from 00 to 59`);
}

function refuseIncomplete(clock: Clock): { ok: false; refusal: TimeRefusal } {
  const [hour = '', minute = ''] = clock.typed.split(/[:h.]/i);
  const known = (figure: string): string => figure.replace(/\D/g, '0').padStart(2, '0');
  const offer = `~${known(hour)}:${known(minute).padEnd(2, '0')}`;
  const reason =
    'the time is incomplete; write it as approximate, e.g. ~20:00, or log it without a time';
  const sensible = /\d/.test(hour) && Number(known(hour)) < 24;
  return refuseTime('incomplete', reason, sensible ? [offer] : []);
}

/** Two digits. */
export function pad(figure: number): string {
  return String(figure).padStart(2, '0');
}

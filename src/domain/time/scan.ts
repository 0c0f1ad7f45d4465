import { type Clock, scanClock } from './clock.ts';
import { type DateText, scanDate } from './dates.ts';
import { type Offset, scanOffset } from './duration.ts';
import { endsHere, matchAt, skipSpaces } from './fold.ts';
import { scanRange } from './range.ts';
import { isZoneText, type Place, scanZone } from './zone-text.ts';

/** The parts of a time as written, in whatever order. */
export interface Form {
  readonly clock: Clock | null;
  readonly date: DateText | null;
  /** A weekday beside a date, which must agree with it. */
  readonly weekday: (DateText & { kind: 'weekday' }) | null;
  readonly zone: string | null;
  readonly approximate: boolean;
  readonly restated: readonly string[];
  readonly offset: Offset | null;
  readonly now: boolean;
  /** Set when a second time follows: a range, which is refused. */
  readonly range: { readonly first: string; readonly second: string } | null;
  readonly end: number;
  /** Where the clock ended: what came after may be text that only looks like a zone or date. */
  readonly clockEnd: number;
}

type Draft = { -readonly [Key in keyof Form]: Form[Key] };

const APPROXIMATELY =
  /(?:~|(?:about|around|circa|roughly|approximately|approx\.?|ca\.?|c\.)(?=[ \d~])) ?/iy;
const ROUGHLY = /-?ish(?![\p{L}\d])| or so(?![\p{L}\d])/iuy;
const BETWEEN = /between /iy;
const NOW = /(?:just |right )?now(?![\p{L}\d'])/iuy;
const LINK = / ?(?:,|T(?=\d)|[-–](?= )|@)? ?(?:(?:at|on|of|the) ){0,2}/iy;
// In prose, after the clock, `14:31 - May 5 release` and `14:31 the …` begin the text.
const PROSE_LINK = / ?(?:, ?)?(?:on )?/iy;
const RESTATED = /\(([^()]{1,160})\)/y;

/** Reads as many parts of a time as follow one another from here; null when there is none. */
export function scanForm(text: string, position: number, place: Place): Form | null {
  const draft: Draft = {
    clock: null,
    date: null,
    weekday: null,
    zone: null,
    approximate: false,
    restated: [],
    offset: null,
    now: false,
    range: null,
    end: position,
    clockEnd: position,
  };
  const between = matchAt(BETWEEN, text, position);
  let next = skipSpaces(text, position + (between?.[0].length ?? 0));
  // A time has at most a weekday, a date, a clock, a zone and a bracket, each with its marks.
  for (let part = 0; part < 8; part++) {
    const end = scanPart(draft, text, next, place);
    if (end === null) break;
    draft.end = end;
    const link = draft.clock === null || place === 'whole' ? LINK : PROSE_LINK;
    next = end + (matchAt(link, text, end)?.[0].length ?? 0);
  }
  if (draft.clock !== null) scanRange(draft, text);
  const nothing = draft.clock === null && draft.date === null && draft.offset === null;
  return nothing && !draft.now ? null : draft;
}

// `log now serving traffic` is text; `log at now, serving traffic` is not.
function setOff(text: string, end: number, place: Place): boolean {
  return place === 'whole' || (place === 'lead' && /[,:]/.test(text[end] ?? ''));
}

type Reader = (draft: Draft, text: string, position: number, place: Place) => number | null;

function scanPart(draft: Draft, text: string, position: number, place: Place): number | null {
  for (const read of READERS) {
    const end = read(draft, text, position, place);
    if (end !== null && end > position) return end;
  }
  return null;
}

const readApproximately: Reader = (draft, text, position) => {
  const started = draft.clock !== null || draft.offset !== null;
  const found = started
    ? matchAt(ROUGHLY, text, text[position - 1] === ' ' ? position - 1 : position)
    : matchAt(APPROXIMATELY, text, position);
  if (found === null) return null;
  draft.approximate = true;
  return found.index + found[0].length;
};

const readOffset: Reader = (draft, text, position, place) => {
  if (draft.clock !== null || draft.date !== null || draft.offset !== null) return null;
  const offset = scanOffset(text, position);
  if (offset === null || (offset.direction === 'ahead' && !setOff(text, offset.end, place))) {
    return null;
  }
  draft.offset = offset;
  return offset.end;
};

const readNow: Reader = (draft, text, position, place) => {
  if (draft.clock !== null || draft.date !== null) return null;
  const found = matchAt(NOW, text, position);
  if (found === null || !setOff(text, position + found[0].length, place)) return null;
  draft.now = true;
  return position + found[0].length;
};

const readDate: Reader = (draft, text, position, place) => {
  const needed = draft.date === null || draft.weekday === null;
  if (draft.offset !== null || !needed) return null;
  const found = scanDate(text, position);
  if (found === null || !endsHere(text, found.end)) {
    return found !== null && text[found.end] === 'T'
      ? placeDate(draft, found.date, found.end)
      : null;
  }
  // `14:31 Monday deploys frozen`: after the clock a weekday needs its comma, or `on`.
  const loose = draft.clock !== null && found.date.kind === 'weekday' && place !== 'whole';
  const marked = /on $/i.test(text.slice(Math.max(0, position - 3), position));
  if (loose && !marked && !/[,:]|^$/.test(text[found.end] ?? '')) return null;
  return placeDate(draft, found.date, found.end);
};

function placeDate(draft: Draft, date: DateText, end: number): number | null {
  if (draft.date === null) {
    draft.date = date;
    return end;
  }
  if (draft.date.kind === 'weekday' && date.kind !== 'weekday') {
    draft.weekday = draft.date;
    draft.date = date;
    return end;
  }
  if (date.kind !== 'weekday' || draft.date.kind === 'weekday') return null;
  draft.weekday = date;
  return end;
}

const readClock: Reader = (draft, text, position, place) => {
  if (draft.clock !== null || draft.offset !== null) return null;
  const found = scanClock(text, position, place === 'bare' ? 'strict' : 'full');
  if (found === null) return null;
  draft.clock = found.clock;
  draft.clockEnd = found.end;
  return found.end;
};

const readZone: Reader = (draft, text, position, place) => {
  const early = draft.clock === null && place !== 'whole';
  if (draft.zone !== null || draft.offset !== null || early) return null;
  if (place !== 'whole' && text.slice(draft.end, position).trim() !== '') return null;
  const iso = draft.date?.kind === 'day' && /^\d{4}-?\d/.test(draft.date.typed);
  // A dash before a later time is a range: `10:30-11:00`.
  if (!iso && draft.clock !== null && scanRange({ ...draft }, text)) return null;
  const found = scanZone(text, position, place, iso);
  if (found === null) return null;
  draft.zone = found.typed;
  return found.end;
};

const readRestated: Reader = (draft, text, position) => {
  const found = draft.clock === null ? null : matchAt(RESTATED, text, position);
  if (found === null) return null;
  const pieces = (found[1] ?? '').split(/[,;/](?= |\d)/).map((piece) => piece.trim());
  if (!pieces.every(isRestated)) return null;
  draft.restated = [...draft.restated, ...pieces];
  return position + found[0].length;
};

function isRestated(piece: string): boolean {
  if (isZoneText(piece)) return true;
  const form = scanForm(piece, 0, 'whole');
  return form !== null && form.clock !== null && form.end === piece.length;
}

const READERS: readonly Reader[] = [
  readApproximately,
  readOffset,
  readNow,
  readDate,
  readClock,
  readZone,
  readRestated,
];

import { endsHere, matchAt } from './fold.ts';
import { zoneNamed } from './zone-names.ts';
import { ABBREVIATIONS } from './zone-table.ts';
import { resolveZone } from './zones.ts';

/** Where a zone may be looked for: a whole text, or the beginning of a line of prose. */
export type Place = 'whole' | 'lead' | 'bare';

/** A zone as typed. */
export interface ZoneText {
  readonly typed: string;
  readonly end: number;
}

const BRACKETED = /([([]) ?([^()[\]]{1,40}?) ?[)\]]/y;
const NAMED_OFFSET = /(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?(?!\d)/iy;
const SPACED_OFFSET = /(?:UTC|GMT) ?[+-] ?\d{1,2}(?::?\d{2})?(?!\d)/iy;
const OFFSET_NAMED = /[+-]\d{1,2}(?::?\d{2})? ?(?:UTC|GMT)(?![\p{L}\d])/iuy;
const FIGURES = /[+-](?:\d{2}:\d{2}|\d{4})(?![\d:])/y;
// `14:31 +1000 requests` is text; only a leading zero tells an offset from a count.
const SPACED_FIGURES = /[+-](?:\d{2}:\d{2}|0\d{3})(?![\d:])/y;
const SHORT_FIGURES = /[+-]\d{1,2}(?![\d:])/y;
const IANA = /[a-z]{2,}(?:[_-][a-z]+){0,3}(?:\/[a-z0-9_+-]{1,30}){1,2}/iy;
const IN_US = /U\.?S\.?A?\.?[ -](?:[ECMP][SD]?T)(?![\p{L}\d])/uy;
// `9:05 Z-index bug` and `14:31 CT/MRI down` are no zones.
const LETTERS = /(?:[a-z]{1,2}(?!-\p{L})|[a-z]{3,4})(?![\p{L}\d_']|\/\p{L})/iuy;
// In small letters these are words or jargon more often than zones: `14:31 west rack down`, `14:31 ast parser`.
const WORDS_TOO = /^(?:wet|west|cat|eat|wat|et|ct|mt|pt|ist|ast|gst|sst|pkt)$/;
const PHRASE = /[\p{L}][\p{L}.'_-]*(?: [\p{L}][\p{L}.'_-]*){0,3}/uy;

/** Reads a zone that begins exactly here. In prose only what is unmistakably one counts. */
export function scanZone(
  text: string,
  position: number,
  place: Place,
  isoBefore: boolean,
): ZoneText | null {
  return (
    scanBracketed(text, position) ??
    scanOffsetFigures(text, position, place, isoBefore) ??
    scanName(text, position, place)
  );
}

/** Whether the text is a zone, even one that this reporter cannot use. */
export function isZoneText(text: string): boolean {
  const resolved = resolveZone(text, 'UTC');
  return resolved.ok || resolved.refusal.code !== 'unknown-zone';
}

function scanBracketed(text: string, position: number): ZoneText | null {
  const found = matchAt(BRACKETED, text, position);
  if (found === null || !isZoneText(found[2] ?? '')) return null;
  return { typed: found[0], end: position + found[0].length };
}

function scanOffsetFigures(
  text: string,
  position: number,
  place: Place,
  isoBefore: boolean,
): ZoneText | null {
  const glued = text[position - 1] !== ' ';
  const patterns = [
    place === 'whole' ? SPACED_OFFSET : NAMED_OFFSET,
    OFFSET_NAMED,
    glued || place === 'whole' ? FIGURES : SPACED_FIGURES,
    ...(place === 'whole' || (isoBefore && glued) ? [SHORT_FIGURES] : []),
  ];
  for (const pattern of patterns) {
    const found = matchAt(pattern, text, position);
    if (found !== null) return { typed: found[0], end: position + found[0].length };
  }
  return null;
}

function scanName(text: string, position: number, place: Place): ZoneText | null {
  const named = matchAt(IANA, text, position);
  if (named !== null && zoneNamed(named[0]) !== null) return take(text, position, named[0]);
  const inUs = matchAt(IN_US, text, position);
  if (inUs !== null) return take(text, position, inUs[0]);
  const letters = matchAt(LETTERS, text, position)?.[0] ?? '';
  const isName = place === 'whole' || isTypedAsZone(letters);
  if (isName && ABBREVIATIONS.has(letters.toUpperCase())) {
    const longer = place === 'whole' ? scanPhrase(text, position) : null;
    return longer ?? take(text, position, letters);
  }
  // After `at`, a city needs its comma: `at 14:31 Berlin office offline` is about the office.
  if (place === 'bare') return null;
  const phrase = scanPhrase(text, position);
  if (phrase === null || place === 'whole') return phrase;
  return /[,:]/.test(text[phrase.end] ?? '') ? phrase : null;
}

const isTypedAsZone = (letters: string): boolean =>
  /^[A-Z]+$/.test(letters) || (/^[a-z]+$/.test(letters) && !WORDS_TOO.test(letters));

/** The zone that a word after a clock could also be, in small letters: `west` of `14:31 west rack down`. */
export function zoneLikeWord(text: string, position: number): ZoneText | null {
  const letters = matchAt(LETTERS, text, position)?.[0] ?? '';
  return WORDS_TOO.test(letters) ? take(text, position, letters) : null;
}

function scanPhrase(text: string, position: number): ZoneText | null {
  let words = matchAt(PHRASE, text, position)?.[0] ?? '';
  while (words !== '') {
    if (isZoneText(words)) return take(text, position, words);
    words = words.slice(0, Math.max(0, words.lastIndexOf(' ')));
  }
  return null;
}

function take(text: string, position: number, typed: string): ZoneText | null {
  const end = position + typed.length;
  return endsHere(text, end) ? { typed, end } : null;
}

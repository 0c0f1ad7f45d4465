import { timeOfDay } from './clock.ts';
import { type Folded, fold, matchAt, originOf, skipSpaces } from './fold.ts';
import { type Form, scanForm } from './scan.ts';
import { afterTime, isLikelyText, isUnmistakable, skipSeparators } from './shape.ts';
import { zoneLikeWord } from './zone-text.ts';

/** A text with the time it began with taken off; `rest` is always the end of the text. */
export interface Split {
  /** As typed, for `readTime`; null when there is none. */
  readonly time: string | null;
  readonly rest: string;
  /** After a word such as `at`, as a bare prefix, or as a line of a report with its bullet. */
  readonly by: 'at' | 'prefix' | 'line' | 'none';
  /** How the text could also be read, to be offered; `time: null` takes all of it as text. */
  readonly otherReading?: { readonly time: string | null; readonly rest: string };
}

const MARK = / ?(?:(?:[-*•·‣▪◦>|–]|\d{1,2}[.)]) )? ?/uy;
const OPENING = /[[(*_`]{1,3}/y;
const UNTIMED = /(?:--|–):(?:--|–)(?= |[,;:]|$)/y;
const WORD = /(?:at|since|from|to|on) /iy;

/**
 * Takes the time off the beginning of a text, `/incident log …` or a line copied from a report.
 *
 * After `at` the full grammar applies; without it only a shape that can be nothing else is a time.
 */
export function splitLeadingTime(text: string): Split {
  const folded = fold(text);
  const marked = matchAt(MARK, folded.text, 0)?.[0].length ?? 0;
  const opening = matchAt(OPENING, folded.text, marked)?.[0].length ?? 0;
  const start = marked + opening;
  const untimed = matchAt(UNTIMED, folded.text, start);
  if (untimed !== null) {
    const end = start + untimed[0].length;
    const from = originOf(folded, skipSeparators(folded.text, end, false));
    return { time: '--:--', rest: text.slice(from), by: 'prefix' };
  }
  const isLine = folded.text.slice(0, start).trim() !== '';
  const word = matchAt(WORD, folded.text, start);
  if (word === null) return splitBare(text, folded, start, isLine, opening > 0);
  const after = skipSpaces(folded.text, start + word[0].length);
  return splitWord(text, folded, after, word[0].trim().toLowerCase(), isLine);
}

const asText = (text: string): Split => ({ time: null, rest: text, by: 'none' });

function splitWord(
  text: string,
  folded: Folded,
  start: number,
  word: string,
  isLine: boolean,
): Split {
  const form = scanForm(folded.text, start, word === 'on' ? 'bare' : 'lead');
  if (form === null || !isTime(form) || (word === 'on' && form.date === null)) return asText(text);
  const found = cut(text, folded, form, start, form.end, false);
  if (found.rest.trim() === '') return { ...asText(text), otherReading: found };
  const by = isLine || word === 'on' ? 'line' : 'at';
  const unsure = isLikelyText(form) && !afterTime(folded.text, form.end);
  return unsure ? { ...found, by, otherReading: { time: null, rest: text } } : { ...found, by };
}

function splitBare(
  text: string,
  folded: Folded,
  start: number,
  isLine: boolean,
  wrapped: boolean,
): Split {
  const form = scanForm(folded.text, start, 'bare');
  const sure = form !== null && (isUnmistakable(form) || (wrapped && isTime(form)));
  if (!sure) return splitUnsure(text, folded, start);
  // `(14:31) foo` is a time in brackets; `(14:31 it broke) foo` is a remark.
  const open = /[[(]$/.test(folded.text.slice(0, start));
  if (open && !/[\])]/.test(folded.text[form.end] ?? '')) return asText(text);
  const found = cut(text, folded, form, start, form.end, wrapped);
  const by = isLine ? 'line' : 'prefix';
  const otherReading = otherOf(text, folded, form, start);
  return otherReading === null ? { ...found, by } : { ...found, by, otherReading };
}

// `0830 restarted` is text, logged now; but it could have been a time, and the echo offers it.
function splitUnsure(text: string, folded: Folded, start: number): Split {
  const form = scanForm(folded.text, start, 'lead');
  if (form?.clock == null || /^(?:named|unknown)$/.test(form.clock.style) || !isTime(form))
    return asText(text);
  const found = cut(text, folded, form, start, form.end, false);
  return found.rest.trim() === '' ? asText(text) : { ...asText(text), otherReading: found };
}

function isTime(form: Form): boolean {
  if (form.offset !== null || form.now) return true;
  if (form.clock === null) return false;
  // `16:9 screens` is about screens; `14:?` and `2X:XX` are times.
  if (form.clock.style === 'unknown') return form.clock.typed.length >= 4;
  // A number that is no time of day is a number: `at 2560 requests`.
  const isNumber = form.clock.style === 'digits' || form.clock.style === 'dot';
  return !isNumber || form.clock.hours !== '' || timeOfDay(form.clock).ok;
}

function otherOf(
  text: string,
  folded: Folded,
  form: Form,
  start: number,
): { time: string | null; rest: string } | null {
  if (isLikelyText(form)) return { time: null, rest: text };
  if (form.clock === null || form.range !== null || afterTime(folded.text, form.end)) return null;
  // `14:31 west rack down`: text that may belong to the time.
  const word =
    form.zone === null ? zoneLikeWord(folded.text, skipSpaces(folded.text, form.end)) : null;
  if (word !== null) {
    const longer = cut(text, folded, { ...form, end: word.end }, start, word.end, false);
    return longer.rest.trim() === '' ? null : longer;
  }
  // `14:31 CT scanner down`, `14:31 May 5 release broke`: the end may belong to the text.
  const named =
    form.zone !== null && /^[a-z]{2,4}$/i.test(form.zone) && !/^(?:UTC|GMT)$/i.test(form.zone);
  const dated = form.date?.kind === 'yearless' && folded.text.startsWith(form.clock.typed, start);
  if (form.end <= form.clockEnd || !(named || dated)) return null;
  return cut(text, folded, form, start, form.clockEnd, false);
}

function cut(
  text: string,
  folded: Folded,
  form: Form,
  start: number,
  end: number,
  wrapped: boolean,
): { time: string; rest: string } {
  const time = text.slice(originOf(folded, start), originOf(folded, end)).trim();
  const isAll = end === form.end;
  const from = skipSeparators(folded.text, end, wrapped && isAll);
  return { time, rest: text.slice(originOf(folded, from)) };
}

/** Whether the whole text is a time or the refusable shape of one, in the full grammar. */
export function isTimeText(text: string): boolean {
  const folded = fold(text.trim()).text;
  const form = folded.length > 120 ? null : scanForm(folded, 0, 'whole');
  return form !== null && form.end === folded.length && isTime(form);
}

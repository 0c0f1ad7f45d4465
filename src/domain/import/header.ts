/** Who wrote a message and when, as Slack copies it: `Ana Ruiz  2:31 PM`, `Bo [23:58]: found it`. */
export interface Header {
  readonly name: string;
  /** As copied, without brackets. */
  readonly time: string;
  /** What stands behind it in the same line. */
  readonly text: string;
  /** Whether nothing else looks like this; otherwise the line may be a text with a time in it. */
  readonly sure: boolean;
}

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?`;
const DAY = String.raw`(?:(?:today|yesterday|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?),?(?: at)? )`;
const ALONE = new RegExp(`^\\[?(${DAY}?${CLOCK})\\]?$`, 'iu');
const HEADED = new RegExp(
  `^(?<name>\\S.{0,80}?)(?<gap> *)(?<open>\\[?)(?<time>${DAY}?${CLOCK})(?<close>\\]?)(?<colon>:?)(?: +(?<text>\\S.*))?$`,
  'isu',
);
const BADGE = /^(?:APP|BOT|WORKFLOW)$/;
const EMOJI = /:[a-z0-9_+'-]+:|\p{Extended_Pictographic}\uFE0F?/giu;
const MERIDIEM = /[ap]\.?m\.?$/i;
/** `Ana Ruiz`, `Eva van den Berg`, `Bo`. */
const NAME =
  /^\p{Lu}[\p{L}\p{M}\p{N}.'’_-]*(?: (?:\p{Lu}[\p{L}\p{M}\p{N}.'’_-]*|d[aeiou]|del|dos|das|la|le|van|von|den|der|bin|el|al|y))*$/u;
/** Scripts without capitals: `佐藤`. */
const NAME_ELSEWHERE = /^\p{Lo}[\p{Lo}\p{M} ・]*$/u;
const HANDLE = /^[\p{Ll}\p{N}][\p{L}\p{N}._-]*$/u;
const LONGEST_NAME = 60;
const MOST_WORDS = 5;

/** The clock that a line is and nothing else, with the day that Slack may put before it; else null. */
export const clockAlone = (text: string): string | null => plain(text).match(ALONE)?.[1] ?? null;

/** Whether a clock says which half of the day it is in. */
export const hasMeridiem = (time: string): boolean => MERIDIEM.test(time);

/** A badge that Slack puts beside the name of an app. */
export const isBadge = (text: string): boolean => BADGE.test(text) || withoutEmoji(text) === '';

/** Somebody's name, without status and badge; null where it cannot be one. */
export function nameIn(text: string): string | null {
  const name = withoutEmoji(text)
    .replace(/ +(?:APP|BOT|WORKFLOW)$/, '')
    .replace(/ *\((?:she|he|they)\b[^()]*\)$/i, '')
    .trim();
  if (name === '' || name.length > LONGEST_NAME || name.split(' ').length > MOST_WORDS) return null;
  return NAME.test(name) || NAME_ELSEWHERE.test(name) || HANDLE.test(name) ? name : null;
}

/** The header that one line is; null when it is none. */
export function headerIn(typed: string): Header | null {
  const {
    name: before = '',
    gap = '',
    open,
    time = '',
    close,
    colon,
    text = '',
  } = HEADED.exec(plain(typed))?.groups ?? {};
  const name = nameIn(before);
  const bracketed = open === '[' && close === ']';
  if (name === null || (open === '[') !== (close === ']')) return null;
  // Without a bracket the clock has to be the end, and something before it.
  if (!bracketed && (gap === '' || text !== '' || colon === ':') && !endsInEmoji(before))
    return null;
  // `Errors [14:31] rising` is a text; `Bo [14:31]: rising` is what Bo wrote.
  if (text !== '' && !(bracketed && colon === ':')) return null;
  return { name, time, text, sure: isSure() };

  function isSure(): boolean {
    if (text !== '') return true;
    const two = (name ?? '').includes(' ');
    if (bracketed) return two;
    if (endsInEmoji(before) || gap.length > 1) return hasMeridiem(time) || two;
    return hasMeridiem(time) && two;
  }
}

const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ').trim();

const withoutEmoji = (text: string): string => text.replace(EMOJI, ' ').replace(/\s+/g, ' ').trim();

const endsInEmoji = (text: string): boolean =>
  /(?::[a-z0-9_+'-]+:|\p{Extended_Pictographic}\uFE0F?)\s*$/iu.test(text);

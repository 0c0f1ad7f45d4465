import { type Incident, incidentName } from '../incident.ts';
import { firstGraphemes } from './wording.ts';

const LONGEST_TITLE = 200;
/** Slack's limit for a channel name. */
const LONGEST_CHANNEL = 80;

/** Letters that NFKD does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Control characters, and those that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Joins emoji and some scripts' letters: not to be stripped with its kind. */
const JOINERS = /[\u200c\u200d]/;

/** A title as it is kept, and whether it was shortened. */
export function titleOf(typed: string): { title: string; cut: boolean } {
  const seen = typed
    .replaceAll(/\p{Surrogate}/gu, '')
    .normalize('NFC')
    .replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(UNSEEN, (character) => (JOINERS.test(character) ? character : ''))
    .trim();
  const { text, cut } = firstGraphemes(seen, LONGEST_TITLE);
  return { title: text.trim(), cut };
}

/** The channel an incident is to get: `inc-42-checkout-down`, or `inc-42` when nothing is left. */
export const channelNameOf = (
  incident: Pick<Incident, 'number' | 'drill'>,
  title: string,
): string => nameWithin(incidentName(incident).toLowerCase(), title, '');

/** The channel of an incident that has no number yet: `inc-checkout-down-7f3k`. */
export const asideNameOf = (title: string, suffix: string): string =>
  nameWithin('inc', title, `-${suffix}`);

function nameWithin(prefix: string, title: string, suffix: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    // An apostrophe joins: `can't` is one word.
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const room = LONGEST_CHANNEL - prefix.length - suffix.length - 1;
  const word = slug.length <= room ? slug : slug.slice(0, room + 1).replace(/-[^-]*$/, '');
  const short = word.slice(0, room).replace(/-+$/, '');
  return `${short === '' ? prefix : `${prefix}-${short}`}${suffix}`;
}

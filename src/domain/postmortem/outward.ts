/** Makes what somebody typed fit for the outside. */
export type Outside = (text: string) => string;

type Swap = readonly [RegExp, string];

const NAME = '[name]';
const CHANNEL = '[channel]';
const LINK = '[link]';

/** What gives somebody or something inside away by its form alone; addresses before what is in them. */
const FORMS: readonly Swap[] = [
  [/<@[^<>\s]*(?:\|[^<>]*)?>/g, NAME],
  [/<!subteam\^[^<>]*>/g, NAME],
  [/<#[^<>]*>/g, CHANNEL],
  [/<!(?:channel|here|everyone)(?:\|[^<>]*)?>/g, CHANNEL],
  [/<?\b[a-z][a-z\d+.-]*:\/\/[^\s<>|]+(?:\|[^<>]*)?>?/gi, LINK],
  [/<?(?:mailto:)?[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:\|[^<>]*)?>?/giu, '[address]'],
  [/\b(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?\/[^\s<>|]*/gi, LINK],
  [/\bwww\.[^\s<>|]+/gi, LINK],
  [/\b(?:[a-z\d-]+\.)+(?:internal|local|localdomain|lan|corp|intranet|home)\b(?::\d+)?/gi, LINK],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:\/\d{1,2})?\b/g, '[address]'],
  [/(?<![\p{L}\p{N}_])@(?:channel|here|everyone)\b/giu, CHANNEL],
  [/(?<![\p{L}\p{N}_])@[\p{L}\p{N}][\p{L}\p{N}._-]*/gu, NAME],
  [/(?<![\p{L}\p{N}_&])#(?=[\p{L}\p{N}_-]*[\p{L}_-])[\p{L}\p{N}_-]+/gu, CHANNEL],
  [/\b(?:INC|DRILL)-\d+\b/g, '[incident]'],
];

/**
 * Takes names of people, channels, links and addresses out of what is told outside, each marked by
 * what it was. A name is known by the people of the workspace; whom Muster never saw, it cannot know.
 */
export function outsideOf(people: Readonly<Record<string, string>>): Outside {
  let named: readonly Swap[] | undefined;
  return (text) => {
    named ??= namesOf(people);
    return [...FORMS, ...named].reduce((said, [what, by]) => said.replace(what, by), text);
  };
}

/** Words on both sides are no part of a name: `Ana` is not in `Analytics`. */
const alone = (names: readonly string[], flags: string): readonly Swap[] => {
  const once = [...new Set(names)].filter((name) => name.length > 1);
  // The whole name before its parts.
  const sorted = once.toSorted((a, b) => b.length - a.length).map(literal);
  if (sorted.length === 0) return [];
  const what = `(?<![\\p{L}\\p{N}_])(?:${sorted.join('|')})(?![\\p{L}\\p{N}_])`;
  return [[new RegExp(what, flags), NAME]];
};

const literal = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whole names in any case; one word of a name only as names are written, because `will` is a word too. */
function namesOf(people: Readonly<Record<string, string>>): readonly Swap[] {
  const whole = Object.entries(people).flatMap(([id, name]) => [id, name.trim()]);
  const parts = whole.flatMap((name) => name.split(/[\s._-]+/).filter(isNameByItself));
  const written = parts.flatMap((part) => [capital(part), ...(hasNoCapitals(part) ? [part] : [])]);
  const composed = whole.filter((name) => /[\s._-]|\d/.test(name));
  return [...alone(composed, 'giu'), ...alone(written, 'gu')];
}

/** A given name may be `Bo`; of what follows `de` and `el` are no names. */
const isNameByItself = (part: string, place: number): boolean =>
  /^\p{L}/u.test(part) && [...part].length > (place === 0 ? 1 : 2);

const capital = (part: string): string => `${part.charAt(0).toUpperCase()}${part.slice(1)}`;

/** Some scripts have none: a name is written in one way. */
const hasNoCapitals = (part: string): boolean => /^\p{Lo}/u.test(part);

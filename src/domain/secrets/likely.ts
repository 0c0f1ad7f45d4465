/** Where a value stands decides how much it has to look like a secret. */
export type Standing =
  /** `password=…`, `postgres://app:…@`: nothing else can stand there. */
  | 'said'
  /** `password: …`, `--token …`: prose can, too. */
  | 'named'
  /** `the password is …` */
  | 'guessed';

/** What stands for a value in a program: `config.token`, `readToken(`. */
const CODE = /^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)+[;,)]*$|^[a-z_$][\w$.]*\(/i;

/** What people write in the place of a secret, and what they say about one. */
const NO_SECRETS = new Set(
  `password passwd pass pwd secret token key apikey api_key user username value string example sample dummy
  none null nil undefined true false yes no empty blank unset missing expired invalid valid revoked required
  optional redacted hidden removed masked changed rotated failed wrong correct unknown disabled enabled leaked
  exposed reset ok default unchanged todo tbd n/a env vault file prod staging`.split(/\s+/),
);

const PLACEHOLDER =
  /^(?:[*•.x_?-]+|\$\{?\w+\}?|\$\(.*|%\w+%?|\{\{?.*|\[.*|<.*|\(.*|…|your[\w-]+|process\.env\.\w+|os\.environ.*)$/i;

/** Words, versions, numbers of tickets and hosts that follow `token:` in prose. */
const PROSE =
  /^(?:[a-z]+(?:[-_'’][a-z]+)*[.!?:)]*|[A-Z]{2,10}-\d+|#?\d{1,6}(?:st|nd|rd|th|[smhd]|ms|%|x)?[.)]?|v?\d+(?:\.\d+)+|\d{1,2}:\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}|https?:\/\/\S*)$/i;

const SYMBOL = /[!@#$%^&*+=?~|\\]/;

const trimmed = (value: string): string => value.replace(/[.,;:!?)\]}]+$/, '');

/** Whether the value of something that is called a password, a token or a key is one. */
export function isPassword(value: string, standing: Standing): boolean {
  const word = trimmed(value);
  if (PLACEHOLDER.test(value) || CODE.test(value) || NO_SECRETS.has(word.toLowerCase()))
    return false;
  if (standing === 'said') return word.length >= 3 && !/^\d{1,5}$/.test(word);
  if (PROSE.test(value)) return false;
  const mixed = /[a-z]/i.test(word) && (/\d/.test(word) || SYMBOL.test(word));
  const cased = /[a-z][A-Z]/.test(word.slice(1)) && word.length >= 12;
  if (standing === 'named') return word.length >= 6 && (mixed || cased || /^\d{6,}$/.test(word));
  const strong = /[a-z]/i.test(word) && /\d/.test(word) && !/[/:]/.test(word);
  return word.length >= 7 && (strong || (mixed && word.length >= 8));
}

/** What stands before names of things that are as random as a key, and are none. */
const NAMES =
  /(?:sha\d{1,3}|base64,|integrity|digest|checksum|etag|request|req|trace|span|correlation|cf-id|id-2|ray|cursor|commit|hash|fingerprint|message|session|build|id)[\s"':=#-]{0,6}$/i;

/** Keys that stand in every page. */
const PUBLIC = /^pk_(?:live|test)_/;

/** Neighbours of another class, as a share: of words it is small, of random text about 0.6. */
function changes(text: string): number {
  const classes = [...text].map((one) =>
    /[a-z]/.test(one) ? 'a' : /[A-Z]/.test(one) ? 'A' : /\d/.test(one) ? '0' : null,
  );
  const pairs = classes.flatMap((one, at) => {
    const next = classes[at + 1];
    return one === null || next === null || next === undefined ? [] : [one !== next];
  });
  return pairs.filter(Boolean).length / Math.max(1, pairs.length);
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const one of text) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

/** Whether a long word is as random as a key is: hashes, names and paths are not, or say what they are. */
export function looksRandom(word: string, before: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/\d/.test(word)) return false;
  if (NAMES.test(before) || PUBLIC.test(word)) return false;
  return bitsPerCharacter(word) >= 4 && changes(word) >= 0.4;
}

const HIDDEN = '[hidden]';

/** What a secret looks like wherever it stands, and what is left of it. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w%.-]+/gi, HIDDEN],
  [/\bxapp-[\w%.-]+/gi, HIDDEN],
  // user:password@, up to the last @ of the word: passwords hold @ and / where people forget to encode.
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'`<>@:/]{0,200}:[^\s"'`<>]{1,500}@/gi, `$1${HIDDEN}@`],
  // A response URL or an incoming webhook lets whoever has it post.
  [/(https?:\/\/hooks\.slack\.com\/)[^\s"'`<>\\]+/gi, `$1${HIDDEN}`],
  [/(wss?:\/\/[^\s"'`<>?]{1,300}\?)[^\s"'`<>\\]+/gi, `$1${HIDDEN}`],
  [/\b(bearer|basic)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${HIDDEN}`],
  [
    /((?:password|passwd|token|secret|api_?key|authorization|encryption_?key)\\?["']?\s*[=:]\s*\\?["']?)[^\s"'`<>\\,&}]{3,}/gi,
    `$1${HIDDEN}`,
  ],
];

/** Shorter ones are words; hiding them would blacken the log and protect nothing. */
const SHORTEST = 6;

/** Hides secrets in text: the given ones, in any of their spellings, and whatever looks like one. */
export function createScrub(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const exact = [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
  return (text) => {
    const known = exact.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return PATTERNS.reduce((rest, [shape, left]) => rest.replace(shape, left), known);
  };
}

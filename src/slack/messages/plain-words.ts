/** What mentions are called, by their ids: people, user groups and channels. */
export type Called = Readonly<Record<string, string>>;

const USER = /^@([UW][A-Z0-9]+)$/;
const GROUP = /^!subteam\^(S[A-Z0-9]+)$/;
const CHANNEL = /^#([CGD][A-Z0-9]+)$/;
const EVERYBODY = /^!(channel|here|everyone)$/;
const OTHER = /^!(.+)$/;
const ADDRESS = /^(.+)$/;
const MARKUP = /<[^<>\n]+>/g;
const CODE = /```([\s\S]*?)```|`([^`\n]+)`/g;
/** What stands for a part that formatting must not look into; nobody types these. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const PLACE = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** `<label|address>` in its two parts. */
function partsOf(markup: string): { what: string; label: string } {
  const inside = markup.slice(1, -1);
  const bar = inside.indexOf('|');
  if (bar < 0) return { what: inside, label: '' };
  return { what: inside.slice(0, bar), label: inside.slice(bar + 1) };
}

const under = (sign: string, name: string): string => `${sign}${name.replace(/^[@#]/, '')}`;

/** An address with what stood in its place, where that says more. */
function link(address: string, label: string): string {
  const bare = address.replace(/^(?:mailto|tel):/, '');
  if (label === '' || label === bare) return bare;
  // Slack itself puts the scheme before an address that was typed without one.
  if (bare.replace(/^https?:\/\//, '').replace(/\/$/, '') === label.replace(/\/$/, ''))
    return label;
  return `${label} (${bare})`;
}

type Reader = (id: string, label: string, called: Called) => string;

/** Each kind of mark and how it is read, the first that fits. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [USER, (id, label, called) => under('@', called[id] ?? (label || id))],
  [GROUP, (id, label, called) => under('@', called[id] ?? (label || id))],
  // Slack tells no name of a channel that not everybody may see, and neither do we.
  [CHANNEL, (id, label, called) => under('#', label || (called[id] ?? 'private-channel'))],
  [EVERYBODY, (range) => `@${range}`],
  // A date, or something newer than this: what Slack shows where it cannot show it either.
  [OTHER, (what, label) => label || what],
  [ADDRESS, link],
];

/** One mention, link or date as it is read. */
function read(markup: string, called: Called): string {
  const { what, label } = partsOf(markup);
  for (const [shape, reader] of READERS) {
    const [, id] = shape.exec(what) ?? [];
    if (id !== undefined) return reader(id, label, called);
  }
  return markup;
}

const EMPHASIS = ['*', '_', '~'].map(
  (sign) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}${sign}])[${sign}](?=\\S)([^${sign}\\n]+?)(?<=\\S)[${sign}](?![\\p{L}\\p{N}${sign}])`,
      'gu',
    ),
);

const unformatted = (text: string): string =>
  EMPHASIS.reduce((plain, mark) => plain.replace(mark, '$1'), text);

/**
 * A text of Slack's as a reader sees it: mentions by name, links with their address, without marks
 * of formatting, entities decoded once. Emoji stay as they are typed.
 */
export function plainWords(text: string, called: Called = {}): string {
  const parts: string[] = [];
  const kept = (part: string): string => `${OPEN}${parts.push(part) - 1}${CLOSE}`;
  const shielded = text
    .replaceAll(OPEN, '')
    .replaceAll(CLOSE, '')
    .replace(CODE, (_, block?: string, span?: string) =>
      kept((block ?? span ?? '').replace(MARKUP, (markup) => read(markup, called))),
    )
    .replace(MARKUP, (markup) => kept(read(markup, called)));
  return unformatted(shielded)
    .replace(PLACE, (_, at: string) => parts[Number(at)] ?? '')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

/** The ids of everybody and everything that a text mentions without saying its name. */
export function mentionsIn(text: string): {
  people: string[];
  groups: string[];
  channels: string[];
} {
  const marks = [...text.matchAll(MARKUP)].map(([markup]) => partsOf(markup));
  const ids = (shape: RegExp, all = marks): string[] => [
    ...new Set(all.flatMap(({ what }) => shape.exec(what)?.[1] ?? [])),
  ];
  const unnamed = marks.filter(({ label }) => label === '');
  return { people: ids(USER), groups: ids(GROUP), channels: ids(CHANNEL, unnamed) };
}

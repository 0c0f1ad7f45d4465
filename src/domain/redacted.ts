import type { Detail, Entry } from './entry.ts';

/** What stands where a text was that must not be kept. The database's trigger knows the word too. */
export const REDACTED = 'Redacted';

/** The first line of a version of the draft that a redaction emptied. A draft begins with its title. */
export const BLANK_DRAFT = `${REDACTED}.\n`;

/** What emptied a version of the draft, as it was named when that happened; null for one that is whole. */
export const whatEmptied = (markdown: string): readonly string[] | null =>
  markdown.startsWith(BLANK_DRAFT)
    ? markdown.slice(BLANK_DRAFT.length).split('\n').filter(Boolean)
    : null;

interface Typed<D> {
  /** What is left of it. */
  readonly blank: (detail: D) => Partial<D>;
  /** What somebody typed into it. */
  readonly said: (detail: D) => readonly (string | null | undefined)[];
}

type Rows = { readonly [T in Detail['type']]?: Typed<Extract<Detail, { type: T }>> };

const reason = {
  blank: () => ({ reason: null }),
  said: (one: { reason: string | null }) => [one.reason],
};
const told = { blank: () => ({ reason: '' }), said: (one: { reason: string }) => [one.reason] };

/** What somebody typed besides the text, by what the entry means: a reason, a note, a value. */
const TYPED: Rows = {
  field: { blank: () => ({ value: '' }), said: ({ value }) => [value] },
  detected: { blank: () => ({ by: null }), said: ({ by }) => [by] },
  role: { blank: () => ({ note: null }), said: ({ note }) => [note] },
  page: reason,
  severity: reason,
  reopened: reason,
  snoozed: told,
  cancelled: told,
  stated: {
    blank: () => ({ stated: { metric: REDACTED, ms: null, from: null, to: null } }),
    said: ({ stated }) => [stated.metric],
  },
  action: {
    blank: ({ item: { dropped, ...item } }) => ({
      item: { ...item, refs: [], ...(dropped === undefined ? {} : { dropped: '' }) },
    }),
    said: ({ item }) => [...item.refs, item.dropped],
  },
};

// The row belongs to the detail's own type; the compiler cannot follow that.
const rowOf = (detail: Detail): Typed<Detail> | undefined =>
  TYPED[detail.type] as Typed<Detail> | undefined;

/** Nothing that becomes of the message in Slack brings back what it said, and no link leads to it. */
function withoutMessage(detail: Detail): Detail {
  if (detail.message === undefined) return detail;
  const { channel, ts, edited } = detail.message;
  const left = { channel, ts, edited, link: null, files: [] };
  return { ...detail, message: { ...left, reworded: true, deleted: true } };
}

const blankedDetail = (detail: Detail | null): Detail | null =>
  detail === null ? null : withoutMessage({ ...detail, ...rowOf(detail)?.blank(detail) } as Detail);

/** The entry without anything that somebody typed: number, instant, kinds, author and meaning stay. */
export const blanked = (entry: Entry): Entry => ({
  ...entry,
  text: REDACTED,
  time: entry.time === null ? null : { ...entry.time, typed: '', disagreements: [] },
  question: null,
  detail: blankedDetail(entry.detail),
  struck: entry.struck === null ? null : { ...entry.struck, reason: '' },
});

/** The entries whose text ends in the title of an incident: its own, or the one at a link's other end. */
const TITLED: readonly (Detail['type'] | undefined)[] = ['declared', 'link'];

/** `Declared sev1: ` and the like stand before it here, and nowhere else. */
const titleIn = ({ text, detail }: Entry): readonly string[] =>
  TITLED.includes(detail?.type) ? [text.split(': ').slice(1).join(': ')] : [];

/** Everything that was typed into it, for finding what repeats it. */
export function typedInto(entry: Entry): readonly string[] {
  const { text, detail, struck } = entry;
  const said = detail === null ? [] : (rowOf(detail)?.said(detail) ?? []);
  const files = detail?.message?.files.map(({ name }) => name) ?? [];
  return [text, ...titleIn(entry), struck?.reason, ...said, ...files].filter(
    (one): one is string => typeof one === 'string' && one.trim() !== '' && one !== REDACTED,
  );
}

import type { Entry } from '../entry.ts';
import { addressOf } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import { type Block, code, type Line, note, paragraph, plainText, user } from '../text.ts';
import { type Context, from, leadTime } from './context.ts';
import { entriesNamed } from './phrases.ts';
import { mayReplace } from './section-names.ts';
import { isOutward, SECTIONS, type SectionId } from './sections.ts';
import { sharedOnce } from './shared.ts';
import { type Found, found } from './telling.ts';

/** What somebody wrote for a section, and what changed in the record since they looked at it. */
export interface SectionText {
  readonly entry: Found<'section'>;
  /** Who wrote it as it stands now; null for Muster, which writes none. */
  readonly by: string | null;
  readonly at: Instant;
  /** Entries that the section is made of and that are not as they were, by number. */
  readonly changed: readonly number[];
}

/** What the people of the first incident wrote for a section; null where nobody did. */
export function sectionText(
  { lead }: Pick<Context, 'lead'>,
  id: SectionId,
  generated: readonly Block[],
): SectionText | null {
  if (lead === undefined) return null;
  const entry = found(lead, 'section').findLast(({ detail }) => detail.section === id);
  if (entry === undefined) return null;
  const last = lead.record.corrected?.[entry.no];
  // Whoever redacted it wrote nothing.
  const wording = last?.wording === undefined ? last : last.wording;
  return {
    entry,
    by: wording?.by ?? entry.author,
    at: wording?.at ?? entry.recordedAt,
    changed: changedSince(lead.record, entry.detail, citedIn(generated)),
  };
}

/** What is generated for a section; what several incidents have in common stands once. */
export function generatedFor(context: Context, id: SectionId): readonly Block[] {
  const blocks = SECTIONS[id].write(context);
  return context.several ? blocks.map(sharedOnce) : blocks;
}

/** A section as it stands in the draft: what is generated, and what somebody wrote instead or beside it. */
export function sectionBlocks(context: Context, id: SectionId): readonly Block[] {
  const generated = generatedFor(context, id);
  const written = sectionText(context, id, generated);
  if (written === null) return generated;
  const instead = written.entry.detail.place === 'instead' && mayReplace(id);
  const outward = isOutward(id);
  const text = outward ? context.outside(written.entry.text) : written.entry.text;
  return [
    ...textBlocks(text),
    // Outside nobody is named, and nobody is asked to look again.
    ...(outward ? [] : [byLine(context, written, instead), ...mark(context, id, written)]),
    ...(instead ? [] : generated),
  ];
}

/** What somebody typed in several lines: paragraphs, and lists where lines begin like items. */
export function textBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const [, item] = /^\s*[-*•]\s+(.+)$/.exec(line) ?? [];
    const last = blocks.at(-1);
    if (item === undefined) {
      if (line.trim() !== '') blocks.push(paragraph(line.trim()));
    } else if (last?.type === 'list') {
      blocks.splice(-1, 1, { ...last, items: [...last.items, [item.trim()]] });
    } else blocks.push({ type: 'list', items: [[item.trim()]] });
  }
  return blocks;
}

function byLine(context: Context, { entry, by, at }: SectionText, instead: boolean): Block {
  const { lead } = context;
  const who: Line = by === null ? [] : [' by ', user(by)];
  const source = lead === undefined ? '' : from(context, lead, entry.no);
  const place = instead ? ', in place of the generated text' : '; what follows is generated';
  return note('Written', ...who, `, ${leadTime(context, at)}${source}${place}.`);
}

/** Says that the record moved on beneath a text, and what to type to look at both. */
function mark({ lead }: Context, id: SectionId, { changed }: SectionText): readonly Block[] {
  if (changed.length === 0 || lead === undefined) return [];
  return [
    note(
      `Written before ${entriesNamed(changed)} changed; look again: `,
      code(`/incident ${addressOf(lead.record.incident)} postmortem section ${id}`),
    ),
  ];
}

/** Entries that came, changed or went since the record was looked at, of those that a section cites. */
function changedSince(
  { entries, corrected = {} }: Pick<IncidentRecord, 'entries' | 'corrected'>,
  { basis }: Found<'section'>['detail'],
  cited: ReadonlySet<number>,
): readonly number[] {
  const matters = (entry: Entry): boolean => {
    if (entry.detail?.type === 'section') return false;
    const isNew = entry.no >= basis.next;
    if (!isNew && (corrected[entry.no]?.seq ?? 0) <= basis.seq) return false;
    // What was struck is cited no more, and may have been then.
    if (entry.struck !== null) return !isNew;
    return cited.size === 0 ? entry.source !== 'system' : cited.has(entry.no);
  };
  return entries.filter(matters).map(({ no }) => no);
}

/** The entries that blocks name as their sources: ` [#12, #14]`. */
function citedIn(blocks: readonly Block[]): ReadonlySet<number> {
  const sources = blocks
    .flatMap(linesIn)
    .flatMap((line) => [
      ...plainText(line).matchAll(/\[((?:(?:; )?(?:[A-Z]+-\d+ )?#\d+(?:, #\d+)*)+)\]/g),
    ]);
  return new Set(
    sources.flatMap(([, named = '']) =>
      (named.match(/#\d+/g) ?? []).map((no) => Number(no.slice(1))),
    ),
  );
}

function linesIn(block: Block): readonly Line[] {
  switch (block.type) {
    case 'paragraph':
    case 'note':
      return [block.line];
    case 'facts':
      return block.rows.map(({ value }) => value);
    case 'list':
      return block.items;
    case 'table':
      return block.rows.flat();
    default:
      return [];
  }
}

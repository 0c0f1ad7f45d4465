import type { Settings } from '../settings.ts';
import { planOf } from './presets.ts';
import { isSectionId, SECTIONS, type SectionId } from './sections.ts';

/** A section by its id, under the heading that it has in the drafts. */
export interface NamedSection {
  readonly id: SectionId;
  readonly heading: string;
}

/** The sections of the configured form, under the headings that they have there. */
export const sectionsShown = (settings: Settings): readonly NamedSection[] =>
  planOf(null, settings, []).parts;

/** How a section is called: by its heading in the configured form, else by its usual one. */
export const headingOf = (id: SectionId, settings: Settings): string =>
  sectionsShown(settings).find((part) => part.id === id)?.heading ?? SECTIONS[id].heading;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s?’'-]+/g, ' ')
    .trim();

/** Every name of every section, the longest first, so that `open questions` is not read as `open`. */
function namesOf(settings: Settings): readonly (readonly [string, SectionId])[] {
  const ids = Object.keys(SECTIONS).filter(isSectionId);
  const all = [
    ...sectionsShown(settings).map(({ id, heading }) => [plain(heading), id] as const),
    ...ids.flatMap((id) => [[plain(id), id] as const, [plain(SECTIONS[id].heading), id] as const]),
  ];
  return all.toSorted(([a], [b]) => b.length - a.length);
}

/** The section that a text begins with, by its id or its heading, and what stands after it. */
export function sectionAtStart(
  text: string,
  settings: Settings,
): { readonly id: SectionId; readonly rest: string } | null {
  const trimmed = text.trim();
  for (const [name, id] of namesOf(settings)) {
    const words = name.split(' ').map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
    const found = new RegExp(`^${words.join("[\\s?’'-]+")}[?]?(?=$|[\\s:,;])`, 'iu').exec(trimmed);
    if (found !== null) {
      return { id, rest: trimmed.slice(found[0].length).replace(/^[\s:,;]+/, '') };
    }
  }
  return null;
}

/**
 * Sections of which what is generated always stays: they are computed from the record, or say what is
 * not known of it. A person's text stands beside them.
 */
const COMPUTED: readonly SectionId[] = ['header', 'timeline', 'metrics', 'moments', 'questions'];

/** Whether a text may stand in place of what is generated. */
export const mayReplace = (id: SectionId): boolean => !COMPUTED.includes(id);

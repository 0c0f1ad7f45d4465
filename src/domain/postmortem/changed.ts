import { whatEmptied } from '../redacted.ts';

/** Rows of the header that differ in every version. */
const EVERY_TIME = /^- \*\*(?:Generated|Audit):\*\* .*$/gm;

/** The sections of a document, by their headings. */
function sectionsOf(markdown: string): ReadonlyMap<string, string> {
  const [, ...parts] = `\n${markdown}`.split(/\n## (?=\S)/);
  return new Map(
    parts.map((part) => {
      const [heading = '', ...body] = part.split('\n');
      const text = body
        .join('\n')
        .replaceAll(EVERY_TIME, '')
        .replace(/, version \d+$/m, '');
      return [heading, text.trim()];
    }),
  );
}

/**
 * The headings under which two versions of a document differ, in the order of the later one: what
 * was written, added or left out. The version's number, its time and its hash are no difference.
 *
 * Of a version that a redaction emptied nobody can tell what it said: it is the redaction that changed it.
 */
export function changedBetween(before: string, after: string): readonly string[] {
  const emptied = whatEmptied(before);
  if (emptied !== null)
    return emptied.length === 0 ? ['a redaction'] : emptied.map((what) => `redaction of ${what}`);
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  const gone = [...old.keys()].filter((heading) => !now.has(heading));
  return [...[...now.keys()].filter((heading) => old.get(heading) !== now.get(heading)), ...gone];
}

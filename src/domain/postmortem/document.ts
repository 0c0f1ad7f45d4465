import { blocksMarkdown, headingMarkdown } from '../markdown.ts';
import type { Draft } from './draft.ts';

/** The complete draft as a Markdown document. */
export function draftMarkdown({ title, sections, zones, people }: Draft): string {
  const parts = sections.map(({ heading, blocks }) => {
    const body = blocksMarkdown(blocks, { zones, people, level: 3 });
    return `${headingMarkdown(heading, 2)}\n\n${body}`;
  });
  return `${[headingMarkdown(`Postmortem: ${title}`, 1), ...parts].join('\n\n')}\n`;
}

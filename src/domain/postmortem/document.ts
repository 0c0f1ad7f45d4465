import { blocksMarkdown, headingMarkdown } from '../markdown.ts';
import type { Draft } from './draft.ts';

/** The complete draft as a Markdown document. */
export function draftMarkdown({ title, outward, sections, zones, people }: Draft): string {
  const parts = sections.map(({ heading, blocks }) => {
    const body = blocksMarkdown(blocks, { zones, people, level: 3 });
    return `${headingMarkdown(heading, 2)}\n\n${body}`;
  });
  const whole = outward ? title : `Postmortem: ${title}`;
  return `${[headingMarkdown(whole, 1), ...parts].join('\n\n')}\n`;
}

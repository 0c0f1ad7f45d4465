import { PRESETS } from '../domain/postmortem/presets.ts';
import { SECTIONS } from '../domain/postmortem/sections.ts';
import type { OwnSection } from '../domain/settings.ts';
import type { Reader } from './values.ts';
import { isSection } from './written.ts';

/** The forms that a draft may have, and what it may be made of. */
export const PRESET_NAMES = Object.keys(PRESETS);
export const SECTION_NAMES = Object.keys(SECTIONS);

/** Slack takes 150 characters in a heading. */
const HEADING = 100;

const headingOf = (written: unknown): string | undefined => {
  if (typeof written !== 'string') return undefined;
  const heading = written.trim();
  return heading === '' || heading.length > HEADING || /[\n\r]/.test(heading) ? undefined : heading;
};

/** `impact`, or `impact: What customers saw` for a heading of one's own. */
export const ownSection: Reader<OwnSection> = {
  read: (written) => {
    if (typeof written === 'string' && written !== '') return { id: written, heading: null };
    if (!isSection(written)) return undefined;
    const [[id, value] = ['', null], ...others] = Object.entries(written);
    const heading = headingOf(value);
    return heading === undefined || others.length > 0 ? undefined : { id, heading };
  },
  is: 'a section of the draft, alone or with a heading',
  fix: `write impact, or impact: What customers saw (at most ${HEADING} characters)`,
  schema: {
    anyOf: [
      { enum: SECTION_NAMES },
      {
        type: 'object',
        properties: Object.fromEntries(
          SECTION_NAMES.map((name) => [name, { type: 'string', maxLength: HEADING }]),
        ),
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
    ],
  },
};

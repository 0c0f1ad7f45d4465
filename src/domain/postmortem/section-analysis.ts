import { type Block, heading, type Line } from '../text.ts';
import type { Context } from './context.ts';
import { allCauses } from './section-causes.ts';
import { detectionSection, investigationSection } from './section-detection.ts';

/** Why it happened and how it was found out, as recorded; what is to be done stands elsewhere. */
export const analysisSection = (context: Context): readonly Block[] => [
  ...allCauses(context),
  heading('How it was detected'),
  ...detectionSection(context),
  heading('How the cause was found'),
  ...investigationSection(context),
  ...related(context),
];

function related({ tellings, several }: Context): Block[] {
  if (!several) return [];
  const items = tellings.map(({ name, record }): Line => [`${name}: ${record.incident.title}`]);
  return [heading('Incidents in this report'), { type: 'list', items }];
}

import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, stated } from './context.ts';
import { allCauses } from './section-causes.ts';
import { detectionSection, investigationSection } from './section-detection.ts';
import { found } from './telling.ts';

/** Why it happened and how it was found out, as recorded; what is to be done stands elsewhere. */
export const analysisSection = (context: Context): readonly Block[] => [
  ...allCauses(context),
  heading('How it was detected'),
  ...detectionSection(context),
  heading('How the cause was found'),
  ...investigationSection(context),
  ...related(context),
  ...linked(context),
];

/** Whether it happened before, and what else it has to do with: as linked, never guessed. */
function linked(context: Context): Block[] {
  const items = context.tellings.flatMap((telling) =>
    found(telling, 'link').map((entry) => stated(context, telling, entry)),
  );
  const recurs = context.tellings.some((telling) =>
    found(telling, 'link').some(({ detail }) => detail.sort === 'recurrence' && !detail.back),
  );
  return [
    heading('Recurrence and related incidents'),
    ...(items.length === 0 ? [] : [{ type: 'list', items } as const]),
    ...(recurs ? [] : [paragraph('Not recorded: whether it happened before.')]),
  ];
}

function related({ tellings, several }: Context): Block[] {
  if (!several) return [];
  const items = tellings.map(({ name, record }): Line => [`${name}: ${record.incident.title}`]);
  return [heading('Incidents in this report'), { type: 'list', items }];
}

import { type Block, heading, type Line, paragraph } from '../text.ts';
import type { CauseRole } from '../words.ts';
import { type Context, stated } from './context.ts';
import { phasesOf } from './phases.ts';
import { timeOf } from './phrases.ts';
import { beginning, found, is } from './telling.ts';

type Role = readonly [CauseRole, string];

const TRIGGER: Role = ['trigger', 'Trigger'];
const CAUSES: readonly Role[] = [
  ['root', 'Root causes'],
  ['contributing', 'Contributing causes'],
  ['worsened', 'What made it worse'],
  ['limited', 'What limited it'],
];

/** Every cause by what it did, and what changed before: the trigger first. */
export const allCauses = (context: Context): readonly Block[] => [
  ...byRole(context, [TRIGGER, ...CAUSES]),
  ...changesBefore(context),
];

/** Why it could happen, without what set it off. */
export const causesSection = (context: Context): readonly Block[] => byRole(context, CAUSES);

/** What set it off as recorded, and what changed before; no change is made a trigger. */
export function triggerSection(context: Context): readonly Block[] {
  const items = causesOf(context, 'trigger');
  return [
    items.length === 0 ? paragraph('Not recorded.') : { type: 'list', items },
    ...changesBefore(context),
  ];
}

function byRole(context: Context, roles: readonly Role[]): readonly Block[] {
  const told = roles.map(([role, title]) => ({ title, items: causesOf(context, role) }));
  const absent = told
    .filter(({ items }) => items.length === 0)
    .map(({ title }) => title.toLowerCase());
  return [
    ...told.flatMap(({ title, items }): Block[] =>
      items.length === 0 ? [] : [heading(title), { type: 'list', items }],
    ),
    ...(absent.length === 0 ? [] : [paragraph(`Not recorded: ${absent.join(', ')}.`)]),
  ];
}

const causesOf = ({ tellings, ...context }: Context, role: CauseRole): readonly Line[] =>
  tellings.flatMap((telling) =>
    found(telling, 'cause')
      .filter(({ detail }) => detail.role === role)
      .map((entry): Line => {
        const of = context.several ? ` of ${telling.name}` : '';
        return [`c${entry.detail.n}${of}: `, ...stated(context, telling, entry)];
      }),
  );

/** What changed before the impact, for whoever looks for the trigger; none is made one here. */
function changesBefore(context: Context): Block[] {
  const items = context.tellings.flatMap((telling) => {
    const start = beginning(telling);
    const before = new Set(phasesOf(telling).find(({ leadUp }) => leadUp)?.entries);
    return telling.timeline
      .filter(
        (entry) =>
          is(entry, 'change') && (before.has(entry) || (entry.at !== null && entry.at === start)),
      )
      .slice(-10)
      .map(
        (entry): Line => [
          `${timeOf(entry, context.zones[0] ?? 'UTC')}: `,
          ...stated(context, telling, entry),
        ],
      );
  });
  if (items.length === 0) return [];
  return [heading('Changes recorded up to the start'), { type: 'list', items }];
}

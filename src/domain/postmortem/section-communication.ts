import type { Entry } from '../entry.ts';
import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, stated, whenShown } from './context.ts';
import { is, type Telling } from './telling.ts';

const AUDIENCES = [
  ['external', 'External'],
  ['internal', 'Internal'],
] as const;

/** What was told to whom, and when. */
export function communicationSection(context: Context): readonly Block[] {
  return [
    ...AUDIENCES.flatMap(([audience, title]) => [
      heading(title),
      told(context, ({ detail }) =>
        detail?.type === 'comms'
          ? detail.audience === audience
          : audience === 'internal' && detail?.type === 'update',
      ),
    ]),
    ...untagged(context),
  ];
}

function told(context: Context, matches: (entry: Entry) => boolean): Block {
  const items = context.tellings.flatMap((telling) => linesOf(context, telling, matches));
  return items.length === 0 ? paragraph('Not recorded.') : { type: 'list', items };
}

/** Entries tagged as communication that do not say to whom. */
function untagged(context: Context): Block[] {
  const items = context.tellings.flatMap((telling) =>
    linesOf(
      context,
      telling,
      (entry) =>
        is(entry, 'comms') && entry.detail?.type !== 'comms' && entry.detail?.type !== 'update',
    ),
  );
  if (items.length === 0) return [];
  return [heading('To whom is not recorded'), { type: 'list', items }];
}

const linesOf = (
  context: Context,
  telling: Telling,
  matches: (entry: Entry) => boolean,
): readonly Line[] =>
  telling.timeline
    .filter(matches)
    .map(
      (entry): Line => [
        `${entry.at === null ? 'time not recorded' : whenShown(context, entry.at)}: `,
        ...stated(context, telling, entry),
      ],
    );

import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, leadTime, stated } from './context.ts';
import { timeOf } from './phrases.ts';
import { lessonsList } from './section-lessons.ts';
import { found, is, markEntry, type Telling } from './telling.ts';

/** What was done about it: workaround, mitigation, fix, failed attempts, lessons. */
export const responseSection = (context: Context): readonly Block[] => [
  heading('Workaround'),
  workarounds(context),
  heading('Resolution'),
  fixes(context),
  heading('Attempts that failed'),
  failures(context),
  heading('Lessons'),
  ...lessonsList(context),
];

/** How it was repaired: what took effect first, what was tried in vain after it. */
export const resolutionSection = (context: Context): readonly Block[] => [
  fixes(context),
  heading('Workaround'),
  workarounds(context),
  heading('Attempts that failed'),
  failures(context),
];

const listOr = (items: readonly Line[], otherwise: string): Block =>
  items.length === 0 ? paragraph(otherwise) : { type: 'list', items };

function workarounds(context: Context): Block {
  const items = context.tellings.flatMap((telling) =>
    found(telling, 'workaround').map((entry): Line => {
      const said = entry.detail.none ? 'None (recorded as such): ' : '';
      const when = entry.at === null ? '' : `${leadTime(context, entry.at)}: `;
      return [`${when}${said}`, ...stated(context, telling, entry)];
    }),
  );
  return listOr(items, 'Not recorded, which is not the same as none.');
}

function fixes(context: Context): Block {
  const items = context.tellings.flatMap((telling) => [
    ...mitigation(context, telling),
    ...found(telling, 'fix').map((entry): Line => {
      const permanence = entry.detail.permanence ?? 'temporary or permanent: not recorded';
      const when = entry.at === null ? '' : `, ${leadTime(context, entry.at)}`;
      return [`Fix (${permanence})${when}: `, ...stated(context, telling, entry)];
    }),
  ]);
  return listOr(items, 'Not recorded.');
}

function mitigation(context: Context, telling: Telling): Line[] {
  const entry = markEntry(telling, 'mitigated');
  if (entry === null) return [];
  const when = timeOf(entry, context.zones[0] ?? 'UTC');
  return [[`Mitigated ${when}: `, ...stated(context, telling, entry)]];
}

function failures(context: Context): Block {
  const items = context.tellings.flatMap((telling) =>
    telling.timeline
      .filter((entry) => is(entry, 'failed'))
      .map((entry): Line => {
        const when = timeOf(entry, context.zones[0] ?? 'UTC');
        return [`${when}: `, ...stated(context, telling, entry)];
      }),
  );
  return listOr(items, 'None recorded.');
}

import type { Instant } from '../instant.ts';
import { type Block, heading, type Line, note, paragraph } from '../text.ts';
import type { CauseRole, MilestoneName } from '../words.ts';
import { clockFace } from './clock-face.ts';
import { type Context, whenShown } from './context.ts';
import { fixesOf } from './fixes.ts';
import { lengthOf, reopenedTimes } from './phrases.ts';
import { found, lastMark, mark, momentOf, type Telling } from './telling.ts';

/*
 * What is told outside. Nothing gets here unless it is named here: effects, causes, fixes, what
 * prevents it, what was told outside, and when. No entry of the timeline, no number of an entry, no
 * person, role, severity, tracker or figure that is for us alone.
 */

const UNKNOWN = 'Not known so far.';

/** What users saw, and the moments that matter to them in every zone. */
export const happenedSection = (context: Context): readonly Block[] =>
  perIncident(context, (telling) => [
    ...affected(context, telling),
    listOr(
      found(telling, 'effect').map(({ text }) => context.outside(text)),
      UNKNOWN,
    ),
    ...keyTimes(context, telling),
  ]);

/** Why it happened. */
export const whySection = (context: Context): readonly Block[] =>
  perIncident(context, (telling) => {
    const told = CAUSES.flatMap(([role, label]) =>
      found(telling, 'cause')
        .filter(({ detail }) => detail.role === role)
        .map(({ text }) => `${label}: ${context.outside(text)}`),
    );
    return [listOr(told, UNKNOWN)];
  });

const CAUSES: readonly (readonly [CauseRole, string])[] = [
  ['trigger', 'Trigger'],
  ['root', 'Root cause'],
  ['contributing', 'Contributing cause'],
];

/** How long users were affected, and how long it took altogether, with what each means. */
export const durationSection = (context: Context): readonly Block[] =>
  perIncident(context, ({ name }) => [
    {
      type: 'facts',
      rows: context.metrics
        .filter(({ id, incident }) => incident === name && ['impact', 'incident'].includes(id))
        .map(({ name: label, definition, figure }) => {
          const about = figure.known && figure.approximate ? 'about ' : '';
          const length = figure.known ? `${about}${lengthOf(figure.ms)}` : 'not known so far';
          return { label: capital(label), value: [`${length} (${definition})`] };
        }),
    },
  ]);

/** Whether it is over, since when, and what was done. */
export const resolvedSection = (context: Context): readonly Block[] =>
  perIncident(context, (telling) => {
    const fixes = fixesOf(telling).map(({ text, detail }) => {
      const lasts = detail.permanence === null ? '' : ` (${detail.permanence})`;
      return `What was done${lasts}: ${context.outside(text)}`;
    });
    const list: Block[] = fixes.length === 0 ? [] : [listOr(fixes, UNKNOWN)];
    return [paragraph(stateOf(context, telling)), ...list];
  });

function stateOf(context: Context, telling: Telling): string {
  const { status, round } = telling.record.incident;
  const again = round === 0 ? '' : ` It was ${reopenedTimes(round)}.`;
  if (status !== 'resolved') return `Not yet.${again}`;
  const resolved = lastMark(telling, 'resolved');
  return `Yes${resolved === null ? '' : `, since ${whenShown(context, resolved.at)}`}.${again}`;
}

/** The follow-ups that were recorded as preventive: what will be done and what is done. */
export const preventionSection = (context: Context): readonly Block[] =>
  perIncident(context, (telling) => {
    const items = found(telling, 'action')
      .filter(({ detail }) => detail.item.sort === 'preventive')
      .map(({ text, detail }) => `${context.outside(text)}${detail.item.done ? ' (done)' : ''}`);
    return [listOr(items, 'No measure is named so far.')];
  });

/** What was told outside, with when it was posted. */
export const postsSection = (context: Context): readonly Block[] =>
  perIncident(context, (telling) => {
    const posts = telling.timeline
      .filter(({ detail }) => detail?.type === 'comms' && detail.audience === 'external')
      .map((entry) => {
        const moment = momentOf(entry);
        const when =
          moment === null
            ? 'Time not known'
            : `Posted ${moment.approximate ? '~' : ''}${whenShown(context, moment.at)}`;
        return `${when}: ${context.outside(entry.text)}`;
      });
    return [listOr(posts, 'Nothing that is recorded.')];
  });

function affected({ outside }: Context, { record }: Telling): readonly Block[] {
  const { service } = record.incident.header;
  return service === undefined ? [] : [paragraph(`Affected: ${outside(service)}`)];
}

const TIMES: readonly (readonly [MilestoneName, string])[] = [
  ['impact started', 'Impact started'],
  ['detected', 'Detected'],
  ['reopened', 'Reopened'],
  ['cause found', 'Cause found'],
  ['mitigated', 'Mitigated'],
  ['impact ended', 'Impact ended'],
  ['resolved', 'Resolved'],
];

function keyTimes({ zones }: Context, telling: Telling): readonly Block[] {
  const marks = telling.rounds.flatMap((round) =>
    TIMES.flatMap(([name, label]) => ({ label, moment: mark(telling, name, round) })),
  );
  const partly = found(telling, 'restored').map((entry) => ({
    label: `${entry.detail.percent}% restored`,
    moment: momentOf(entry),
  }));
  const timed = [...marks, ...partly]
    .flatMap(({ label, moment }) => (moment === null ? [] : { label, ...moment }))
    .sort((a, b) => a.at - b.at)
    .reduce<Timed[]>(together, []);
  if (timed.length === 0) return [];
  const face = clockFace(zones);
  const [leading = 'UTC', ...others] = zones;
  const rows = timed.map(({ at, approximate, label }): readonly Line[] => {
    const about = approximate ? '~' : '';
    const clocks = [face.leading(at), ...face.beside(at)];
    return [...clocks.map((clock): Line => [`${about}${clock}`]), [capital(label.toLowerCase())]];
  });
  const marked = timed.some(({ approximate }) => approximate);
  return [
    { type: 'table', head: [`Time (${leading})`, ...others, 'What'], rows },
    ...(marked ? [note('“~” marks an approximate time.')] : []),
  ];
}

interface Timed {
  readonly label: string;
  readonly at: Instant;
  readonly approximate: boolean;
}

/** What came to pass in one moment stands in one row. */
function together(rows: Timed[], next: Timed): Timed[] {
  const last = rows.at(-1);
  if (last === undefined || last.at !== next.at || last.approximate !== next.approximate)
    return [...rows, next];
  return [...rows.slice(0, -1), { ...last, label: `${last.label}, ${next.label}` }];
}

const perIncident = (
  { tellings, several, outside }: Context,
  write: (telling: Telling) => readonly Block[],
): readonly Block[] =>
  tellings.flatMap((telling): readonly Block[] => [
    ...(several ? [heading(outside(telling.record.incident.title))] : []),
    ...write(telling),
  ]);

const listOr = (texts: readonly string[], otherwise: string): Block =>
  texts.length === 0
    ? paragraph(otherwise)
    : { type: 'list', items: texts.map((text): Line => [text]) };

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

import { inWords, TIMER_NAMES } from '../decide/wording.ts';
import type { Detail, Entry } from '../entry.ts';
import { COMMANDER, type Incident, milestone } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import { onCallBy } from '../schedules/roster.ts';
import type { Override } from '../schedules/schedule.ts';
import type { Settings, Sla } from '../settings.ts';
import {
  type Block,
  bold,
  buttons,
  heading,
  type Line,
  type Message,
  note,
  paragraph,
} from '../text.ts';
import { severityOf } from '../timers/index.ts';
import { titled } from './phrases.ts';
import { inPlainWords, targetNamed } from './target-words.ts';

const SHOWN = 30;

/** What a drill was for: how long everything took against the ladder, and who would have been pinged. */
export function howItWent(
  record: IncidentRecord,
  settings: Settings,
  overrides: readonly Override[],
): Message {
  const { incident } = record;
  const blocks: readonly Block[] = [
    heading(`How ${titled(incident)} went`),
    { type: 'facts', rows: marks(record, settings) },
    ...calls(record, settings, overrides),
    note(
      `Times are those of an incident: in the drill an hour took ${inWords(3_600_000 / settings.drillSpeed)}. Nobody outside this channel was pinged.`,
    ),
    buttons(
      { label: `Preview ${incident.severity}`, command: `preview ${incident.severity}` },
      { label: 'Drill again', command: `drill ${incident.severity} ${incident.title}` },
    ),
  ];
  return { summary: [`How ${titled(incident)} went`], blocks };
}

interface Mark {
  readonly label: string;
  /** When it happened, or null when it never did. */
  readonly when: (record: IncidentRecord) => Instant | null;
  readonly limit: (sla: Sla) => number | null;
}

const at =
  (name: 'acknowledged' | 'mitigated' | 'resolved') =>
  ({ incident }: IncidentRecord): Instant | null =>
    milestone(incident, name)?.at ?? null;

const first = ({ entries }: IncidentRecord, is: (detail: Detail) => boolean): Instant | null =>
  entries.find(({ detail, struck }) => struck === null && detail !== null && is(detail))?.at ??
  null;

/** What is held against the ladder. */
const MARKS: readonly Mark[] = [
  { label: 'Acknowledged', when: at('acknowledged'), limit: ({ acknowledge }) => acknowledge },
  {
    label: 'Commander',
    when: (record) =>
      first(record, (detail) => detail.type === 'role' && detail.role === COMMANDER),
    limit: ({ commander }) => commander,
  },
  {
    label: 'First update',
    when: (record) => first(record, ({ type }) => type === 'update'),
    limit: ({ firstUpdate, updateEvery }) => firstUpdate ?? updateEvery,
  },
  { label: 'Mitigated', when: at('mitigated'), limit: ({ mitigate }) => mitigate },
  { label: 'Resolved', when: at('resolved'), limit: ({ resolve }) => resolve },
];

function marks(record: IncidentRecord, settings: Settings) {
  const { incident } = record;
  const sla = severityOf(incident, settings)?.sla;
  return MARKS.map(({ label, when, limit }) => {
    const allowed = sla === undefined ? null : limit(sla);
    const moment = when(record);
    const took = moment === null ? null : sinceOpening(incident, moment, settings);
    return { label, value: held(took, allowed) };
  });
}

function held(took: number | null, allowed: number | null): Line {
  const within = allowed === null ? 'the ladder has no limit' : `within ${inWords(allowed)}`;
  if (took === null)
    return [allowed === null ? 'never' : `never; the ladder asks for it ${within}`];
  if (allowed === null) return [after(took)];
  return took <= allowed ? [`${after(took)}, ${within}`] : [bold(`${after(took)}, not ${within}`)];
}

/** How long it took on the drill's own calendar. */
const sinceOpening = ({ openedAt }: Incident, moment: Instant, { drillSpeed }: Settings): number =>
  Math.max(0, (moment - openedAt) * drillSpeed);

const after = (ms: number): string => (ms < 1000 ? 'at once' : `after ${inWords(ms)}`);

type Called = Entry & { readonly at: Instant };

function calls(
  record: IncidentRecord,
  settings: Settings,
  overrides: readonly Override[],
): readonly Block[] {
  const called = record.entries.filter(
    (entry): entry is Called => entry.at !== null && callOf(entry.detail) !== null,
  );
  if (called.length === 0) return [paragraph('Nobody would have been pinged.')];
  const items = called.slice(0, SHOWN).map(({ at, detail }): Line => {
    const { what, targets } = callOf(detail) ?? { what: '', targets: [] };
    const named = targets.flatMap((target) => targetNamed(target) ?? []);
    const who = inPlainWords(targets, record.people, onCallBy(named, settings, overrides, at));
    return [`${after(sinceOpening(record.incident, at, settings))}: ${what}: ${who}`];
  });
  const more = called.length - items.length;
  return [
    paragraph(bold('In an incident these would have been pinged')),
    { type: 'list', items },
    ...(more === 0 ? [] : [note(`${more} more are on the timeline.`)]),
  ];
}

/** What called somebody, and whom; null where the entry is no such thing. */
function callOf(
  detail: Detail | null,
): { readonly what: string; readonly targets: readonly string[] } | null {
  if (detail?.type === 'ping') return { what: `level ${detail.level}`, targets: detail.targets };
  if (detail?.type === 'page') return { what: 'paged by hand', targets: detail.targets };
  if (detail?.type !== 'timer' || detail.targets === undefined) return null;
  const { timer, step, targets } = detail;
  if (step === 'exhausted') return { what: 'the policy is exhausted', targets };
  const name = Object.entries(TIMER_NAMES).find(([known]) => known === timer)?.[1] ?? timer;
  return { what: `${name}, ${step}`, targets };
}

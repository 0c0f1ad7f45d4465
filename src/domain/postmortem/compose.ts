import { addressOf, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Report } from '../record.ts';
import type { Settings } from '../settings.ts';
import { taskState } from '../task.ts';
import type { Block } from '../text.ts';
import type { PresetName } from '../words.ts';
import { questionsOf } from './checks.ts';
import { type Context, zonesOf } from './context.ts';
import type { Draft, Question } from './draft.ts';
import { metricsOf } from './metrics.ts';
import { outsideOf } from './outward.ts';
import { type Plan, planOf } from './presets.ts';
import { headingOf } from './section-names.ts';
import { outdatedOf } from './section-task.ts';
import { generatedFor, type SectionText, sectionBlocks, sectionText } from './section-texts.ts';
import { isOutward, type SectionId } from './sections.ts';
import { beginning, type Telling, tell } from './telling.ts';

/** How a draft is to be composed; without a preset, as it is configured. */
export interface Composing {
  readonly version: number;
  readonly now: Instant;
  readonly preset?: PresetName | null;
}

/** Composes the postmortem from what was recorded, and from nothing else. */
export function composeDraft(
  report: Report,
  settings: Settings,
  { version, now, preset = null }: Composing,
): Draft {
  const { records } = report;
  const plan = planOf(preset, settings, records);
  const people = peopleIn(report);
  const context = contextOf(report, settings, { version, now, plan, people });
  const sections = plan.parts.map(({ id, heading }) => ({
    id,
    heading,
    blocks: sectionBlocks(context, id),
  }));
  const told = (wanted: 'summary' | 'timeline'): readonly Block[] =>
    sections.find(({ id }) => id === wanted)?.blocks ?? sectionBlocks(context, wanted);
  const [first] = records;
  return {
    title: titleOf(plan, context),
    preset: plan.preset,
    outward: plan.outward,
    version,
    state: first === undefined ? 'draft' : taskState(first.incident),
    outdated: outdatedOf(context),
    generatedAt: now,
    incident: first === undefined ? '' : addressOf(first.incident),
    sections,
    digest: { summary: told('summary'), timeline: told('timeline') },
    metrics: context.metrics,
    questions: context.questions,
    zones: context.zones,
    people,
  };
}

/** One section by itself: what is generated for it now, and what somebody wrote for it. */
export function composeSection(
  report: Report,
  settings: Settings,
  id: SectionId,
): {
  readonly heading: string;
  readonly generated: readonly Block[];
  readonly written: SectionText | null;
} {
  const [first] = report.records;
  const now = first?.asOf ?? 0;
  const plan = { ...planOf(null, settings, report.records), outward: isOutward(id) };
  const context = contextOf(report, settings, { version: 0, now, plan, people: peopleIn(report) });
  const generated = generatedFor(context, id);
  const written = sectionText(context, id, generated);
  return { heading: headingOf(id, settings), generated, written };
}

/** What is unknown, uncertain or contradictory now, the gravest first. */
export function openQuestions(report: Report, settings: Settings): readonly Question[] {
  const now = report.records[0]?.asOf ?? 0;
  const plan = planOf(null, settings, report.records);
  return contextOf(report, settings, { version: 0, now, plan, people: peopleIn(report) }).questions;
}

const peopleIn = ({ records }: Report): Readonly<Record<string, string>> =>
  Object.assign({}, ...records.map((record) => record.people));

function contextOf(
  { records }: Report,
  settings: Settings,
  {
    version,
    now,
    plan,
    people,
  }: Pick<Context, 'version' | 'now'> & Pick<Draft, 'people'> & { readonly plan: Plan },
): Context {
  const told = records.map(tell);
  const [lead] = told;
  const tellings = inTime(told);
  const zones = zonesOf(tellings, settings);
  return {
    tellings,
    lead,
    several: tellings.length > 1,
    settings,
    // Outside everybody has a zone of their own: the one that is nobody's leads.
    zones: plan.outward ? ['UTC', ...zones.filter((zone) => zone !== 'UTC')] : zones,
    version,
    now,
    metrics: tellings.flatMap(metricsOf),
    questions: tellings
      .flatMap((telling) => questionsOf(telling, tellings))
      .sort((one, other) => Number(other.grave) - Number(one.grave)),
    outside: outsideOf(people),
  };
}

/** Incidents as they happened one after another; those of which nobody knows when keep their place. */
const inTime = (tellings: readonly Telling[]): readonly Telling[] =>
  tellings.toSorted(
    (a, b) =>
      (beginning(a) ?? a.record.incident.openedAt) - (beginning(b) ?? b.record.incident.openedAt),
  );

/** Outside a number of ours says nothing. */
function titleOf({ outward }: Plan, { outside, tellings }: Context): string {
  const titles = tellings.map(({ record: { incident } }) =>
    outward ? outside(incident.title) : `${incidentName(incident)} · ${incident.title}`,
  );
  return titles.join(' + ') || 'No incident';
}

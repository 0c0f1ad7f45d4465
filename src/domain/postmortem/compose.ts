import { addressOf, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Report } from '../record.ts';
import type { Settings } from '../settings.ts';
import type { Block } from '../text.ts';
import { questionsOf } from './checks.ts';
import { type Context, zonesOf } from './context.ts';
import type { Draft } from './draft.ts';
import { metricsOf } from './metrics.ts';
import { outsideOf } from './outward.ts';
import { type Plan, type PresetName, planOf } from './presets.ts';
import { SECTIONS } from './sections.ts';
import { tell } from './telling.ts';

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
  const people = Object.assign({}, ...records.map((record) => record.people));
  const context = contextOf(report, settings, { version, now, plan, people });
  const sections = plan.parts.map(({ id, heading }) => ({
    id,
    heading,
    blocks: SECTIONS[id].write(context),
  }));
  const told = (wanted: 'summary' | 'timeline'): readonly Block[] =>
    sections.find(({ id }) => id === wanted)?.blocks ?? SECTIONS[wanted].write(context);
  const [first] = records;
  return {
    title: titleOf(report, plan, context),
    preset: plan.preset,
    outward: plan.outward,
    version,
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
  const tellings = records.map(tell);
  const zones = zonesOf(tellings, settings);
  return {
    tellings,
    several: tellings.length > 1,
    settings,
    // Outside everybody has a zone of their own: the one that is nobody's leads.
    zones: plan.outward ? ['UTC', ...zones.filter((zone) => zone !== 'UTC')] : zones,
    version,
    now,
    metrics: tellings.flatMap(metricsOf),
    questions: tellings.flatMap((telling) => questionsOf(telling, tellings)),
    outside: outsideOf(people),
  };
}

/** Outside a number of ours says nothing. */
function titleOf({ records }: Report, { outward }: Plan, { outside }: Context): string {
  const titles = records.map(({ incident }) =>
    outward ? outside(incident.title) : `${incidentName(incident)} · ${incident.title}`,
  );
  return titles.join(' + ') || 'No incident';
}

import { addressOf, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Report } from '../record.ts';
import type { Settings } from '../settings.ts';
import { questionsOf } from './checks.ts';
import { type Context, zonesOf } from './context.ts';
import type { Draft } from './draft.ts';
import { metricsOf } from './metrics.ts';
import { PRESETS, SECTIONS } from './sections.ts';
import { tell } from './telling.ts';

/** Composes the postmortem from what was recorded, and from nothing else. */
export function composeDraft(
  report: Report,
  settings: Settings,
  { version, now }: { readonly version: number; readonly now: Instant },
): Draft {
  const tellings = report.records.map(tell);
  const context: Context = {
    tellings,
    several: tellings.length > 1,
    settings,
    zones: zonesOf(tellings, settings),
    version,
    now,
    metrics: tellings.flatMap(metricsOf),
    questions: tellings.flatMap((telling) => questionsOf(telling, tellings)),
  };
  const incidents = report.records.map(({ incident }) => incident);
  const titles = incidents.map((incident) => `${incidentName(incident)} · ${incident.title}`);
  return {
    title: titles.join(' + ') || 'No incident',
    version,
    generatedAt: now,
    incident: incidents[0] === undefined ? '' : addressOf(incidents[0]),
    sections: PRESETS.standard.map((id) => ({
      id,
      heading: SECTIONS[id].heading,
      blocks: SECTIONS[id].write(context),
    })),
    metrics: context.metrics,
    questions: context.questions,
    zones: context.zones,
    people: Object.assign({}, ...report.records.map(({ people }) => people)),
  };
}

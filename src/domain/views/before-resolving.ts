import { counted } from '../counted.ts';
import { addressOf, type Incident, incidentName } from '../incident.ts';

import { openQuestions, questionLine } from '../postmortem/index.ts';
import type { Report } from '../record.ts';
import type { Settings } from '../settings.ts';
import { type Block, bold, code, type Line, note, paragraph } from '../text.ts';
import { isAfterwards, running } from '../timers/index.ts';
import type { CardFacts } from './card.ts';
import { dueAt, dueLabel } from './phrases.ts';

const SHOWN = 5;

/** What is known of an incident that somebody is about to resolve; null where it was not read in time. */
export interface AboutToResolve {
  readonly incident: Incident;
  readonly glance: CardFacts | null;
  readonly report: Report | null;
}

/** What resolving stops and what the draft would still ask, for whoever is about to do it. */
export function beforeResolving(
  { incident, glance, report }: AboutToResolve,
  settings: Settings,
): readonly Block[] {
  return [
    ...(incident.acknowledgedBy === null
      ? [paragraph(`Nobody has acknowledged ${incidentName(incident)}: you will be asked again.`)]
      : []),
    ...(glance === null ? [] : clocks(glance, settings)),
    ...(report === null ? [UNREAD] : questions(incident, report, settings)),
  ];
}

const UNREAD = note('What is still open could not be read in time. The draft lists it.');

function clocks({ incident, timers, asOf }: CardFacts, settings: Settings): readonly Block[] {
  const all = running(incident, timers, settings).filter(({ name }) => !isAfterwards(name));
  if (all.length === 0) return [];
  const items = all.map(
    ({ name, at, held }): Line => [`${dueLabel(name)} `, ...dueAt(at, asOf, held)],
  );
  return [paragraph(bold('These timers stop')), { type: 'list', items }];
}

/** That it is not resolved yet is no question to somebody who resolves it. */
function questions(incident: Incident, report: Report, settings: Settings): readonly Block[] {
  const itself = `${addressOf(incident)} resolve <time>`;
  const all = openQuestions(report, settings).filter(({ command }) => command !== itself);
  if (all.length === 0) return [paragraph('The checks of the draft have no open question.')];
  const more = all.length - SHOWN;
  const several = report.records.length > 1;
  return [
    paragraph(bold(counted(all.length, 'open question'))),
    {
      type: 'list',
      ordered: true,
      items: all.slice(0, SHOWN).map((question) => questionLine(question, several)),
    },
    note(
      more > 0 ? `… ${more} more in the draft. ` : '',
      'None of them keeps it open. They can be settled afterwards, with what stands behind ',
      code('→'),
      '.',
    ),
  ];
}

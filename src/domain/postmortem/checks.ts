import { addressOf } from '../incident.ts';
import type { Check } from './check.ts';
import { actionFields, actionsMissing, actionWording, promiseAndState } from './check-actions.ts';
import { commsClaimed, updatePromised } from './check-communication.ts';
import { alertsClaimed, assumptions, gaps, noticedFirst } from './check-detection.ts';
import { statedFigures } from './check-figures.ts';
import { dataDamage, findingsMissing } from './check-findings.ts';
import { impactFigures, impactUncounted } from './check-impact.ts';
import { endUnconfirmed, momentsMissing, momentsOrder, startIsDetection } from './check-moments.ts';
import { afterResolution, reopenedOpen, wholePeriod, workaroundUnclear } from './check-rounds.ts';
import {
  postsTooEarly,
  timesApproximate,
  timesFar,
  timesInProse,
  timesUnsettled,
  zonesDisagree,
} from './check-times.ts';
import { timesMissing } from './check-untimed.ts';
import {
  blame,
  causeTwoWays,
  encoding,
  mitigationAsPrevention,
  repeated,
  vagueWords,
} from './check-words.ts';
import type { Question } from './draft.ts';
import type { Telling } from './telling.ts';

/** What changes a fact, a time or a figure, the gravest first. To add one, write it and add a row. */
const GRAVE: readonly Check[] = [
  momentsOrder,
  postsTooEarly,
  impactFigures,
  momentsMissing,
  statedFigures,
  reopenedOpen,
  afterResolution,
  startIsDetection,
  wholePeriod,
  zonesDisagree,
  timesUnsettled,
  timesFar,
  causeTwoWays,
  dataDamage,
  alertsClaimed,
  noticedFirst,
  workaroundUnclear,
  promiseAndState,
  endUnconfirmed,
  timesMissing,
  timesInProse,
  timesApproximate,
  gaps,
  commsClaimed,
  updatePromised,
  assumptions,
  findingsMissing,
  impactUncounted,
];

/** What changes how it reads, or what is to be done afterwards. */
const LESSER: readonly Check[] = [
  mitigationAsPrevention,
  blame,
  vagueWords,
  encoding,
  repeated,
  actionsMissing,
  actionFields,
  actionWording,
];

/** The checks of every draft. */
export const CHECKS: readonly Check[] = [...GRAVE, ...LESSER];

const isGrave: ReadonlySet<string> = new Set(GRAVE.map(({ id }) => id));

/** What the checks find in one incident, each with its source and what to type. */
export const questionsOf = (telling: Telling, report: readonly Telling[]): readonly Question[] =>
  CHECKS.flatMap(({ id, find }) =>
    find(telling, report).map(({ text, entries, settle, otherwise }) => ({
      check: id,
      grave: isGrave.has(id),
      incident: telling.name,
      text: [text],
      sources: entries.map((entry) => ({ incident: telling.name, entry })),
      command: `${addressOf(telling.record.incident)} ${settle}`,
      ...(otherwise === undefined
        ? {}
        : { otherwise: `${addressOf(telling.record.incident)} ${otherwise}` }),
    })),
  );

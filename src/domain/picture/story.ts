import { isOver } from '../incident.ts';
import type { Instant, Zone } from '../instant.ts';
import { zonesOf } from '../postmortem/context.ts';
import { beginning, ending, markEntry, type Telling, tell } from '../postmortem/telling.ts';
import type { IncidentRecord } from '../record.ts';
import type { Settings } from '../settings.ts';
import { EXPECTED_MILESTONES, MILESTONES, type MilestoneName } from '../words.ts';
import { type Band, bandsOf } from './bands.ts';
import { type Mark, marksOf } from './lanes.ts';

/** What the picture of one incident shows, before anybody draws it. */
export interface PictureStory {
  /** `INC-42`. */
  readonly name: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly private: boolean;
  readonly asOf: Instant;
  /** One or two; the first one leads. */
  readonly zones: readonly Zone[];
  readonly bands: readonly Band[];
  readonly marks: readonly Mark[];
  readonly milestones: readonly ShownMilestone[];
  /** Entries whose time nobody knows: they have no place here, and are not left unsaid. */
  readonly untimed: readonly number[];
  /** All moments that have a place in the picture. */
  readonly instants: readonly Instant[];
  /** The incident proper, as far as its ends are known: what is long before or after it, is drawn short. */
  readonly core: { readonly from: Instant | null; readonly to: Instant | null };
}

/** A milestone as it stands in the list below the picture. */
export interface ShownMilestone {
  readonly name: MilestoneName;
  readonly round: number;
  readonly entry: number | null;
  /** Null: not recorded, or its entry has no time. */
  readonly at: Instant | null;
  readonly approximate: boolean;
}

/** What is to be shown of a record. */
export function storyOf(record: IncidentRecord, settings: Settings): PictureStory {
  const telling = tell(record);
  const { incident, asOf } = record;
  const marks = marksOf(telling);
  const bands = bandsOf(telling, Math.max(asOf, marks.at(-1)?.at ?? asOf));
  const milestones = milestonesOf(telling);
  const ends = bands.flatMap(({ stretches }) => stretches.flatMap(({ from, to }) => [from, to]));
  const instants = [...ends, ...marks.map(({ at }) => at), ...milestones.map(({ at }) => at)];
  const known = instants.filter((at) => at !== null);
  return {
    name: telling.name,
    title: incident.title,
    severity: incident.severity,
    status: incident.status,
    private: incident.private,
    asOf,
    zones: zonesOf([telling], settings).slice(0, 2),
    bands,
    marks,
    milestones,
    untimed: telling.timeline.filter(({ at }) => at === null).map(({ no }) => no),
    instants: known.length === 0 ? [incident.openedAt] : known,
    core: { from: beginning(telling), to: isOver(incident) ? ending(telling) : null },
  };
}

/** Those that are expected, whether they are known or not, and whatever else was set. */
function milestonesOf(telling: Telling): readonly ShownMilestone[] {
  const over = isOver(telling.record.incident);
  const names = [
    ...EXPECTED_MILESTONES,
    ...MILESTONES.filter((name) => !EXPECTED_MILESTONES.includes(name)),
  ];
  return telling.rounds.flatMap((round) =>
    names.flatMap((name): ShownMilestone[] => {
      const entry = markEntry(telling, name, round);
      const expected =
        round === 0 && EXPECTED_MILESTONES.includes(name) && (over || name !== 'resolved');
      if (entry === null && !expected) return [];
      return [
        {
          name,
          round,
          entry: entry?.no ?? null,
          at: entry?.at ?? null,
          approximate: entry?.time?.flags.includes('approximate') ?? false,
        },
      ];
    }),
  );
}

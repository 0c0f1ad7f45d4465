import type { Entry } from '../entry.ts';
import { isSign, mark, markEntry, type Telling } from './telling.ts';

/** A stretch of the timeline that is told by itself. */
export interface Phase {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What came before the incident itself. */
  readonly leadUp: boolean;
}

/** The timeline before, during, after, and again: in order, nothing left out. */
export function phasesOf(telling: Telling): readonly Phase[] {
  // Of what has neither a time nor a place nobody can say that it was before or after.
  const timeline = telling.timeline.filter(({ at, after }) => at !== null || after !== null);
  const unplaced = telling.timeline.filter(({ at, after }) => at === null && after === null);
  const cuts = cutsOf({ ...telling, timeline });
  const phases = cuts.map(({ title, from }, place) => ({
    title,
    leadUp: place === 0,
    entries: timeline.slice(from, cuts[place + 1]?.from ?? timeline.length),
  }));
  const nowhere = {
    title: 'Neither a time nor what it followed is recorded',
    leadUp: false,
    entries: unplaced,
  };
  return [...phases, nowhere].filter(({ entries }) => entries.length > 0);
}

/** What the first phase is called: where nobody said when the impact began, it does not say so either. */
const leadUpTitle = (telling: Telling): string =>
  markEntry(telling, 'impact started') === null
    ? 'Lead-up, before the first sign'
    : 'Lead-up, before the impact';

interface Cut {
  readonly title: string;
  readonly from: number;
}

function cutsOf(telling: Telling): readonly Cut[] {
  const start = startOf(telling);
  const cuts: Cut[] = [
    { title: leadUpTitle(telling), from: 0 },
    { title: 'The incident', from: start },
  ];
  for (const round of telling.rounds) {
    const again = placeOf(telling, markEntry(telling, 'reopened', round)?.no);
    if (round > 0 && again !== null && again >= (cuts.at(-1)?.from ?? 0)) {
      cuts.push({ title: `Reopened (${round})`, from: again });
    }
    const resolved = placeOf(telling, markEntry(telling, 'resolved', round)?.no);
    if (resolved !== null && resolved >= (cuts.at(-1)?.from ?? 0)) {
      cuts.push({ title: 'After the resolution', from: afterResolution(telling, resolved) });
    }
  }
  return cuts;
}

/** Entries of the resolution's own minute still belong to it, and so does what has no time after it. */
function afterResolution({ timeline }: Telling, resolved: number): number {
  const minute = Math.floor((timeline[resolved]?.at ?? 0) / 60_000);
  let end = resolved + 1;
  while (end < timeline.length) {
    const at = timeline[end]?.at;
    if (at === undefined || at === null || Math.floor(at / 60_000) !== minute) break;
    if (timeline[end]?.detail?.type === 'reopened') break;
    end += 1;
  }
  return end;
}

function placeOf({ timeline }: Telling, no: number | undefined): number | null {
  const place = timeline.findIndex((entry) => entry.no === no);
  return place === -1 ? null : place;
}

/** The place of the first entry that is not lead-up. */
function startOf(telling: Telling): number {
  const { timeline } = telling;
  const started = mark(telling, 'impact started');
  const marked = placeOf(telling, markEntry(telling, 'impact started')?.no);
  if (started !== null) {
    const place = timeline.findIndex(({ at }) => at !== null && at >= started.at);
    return Math.min(place === -1 ? 0 : place, marked ?? timeline.length);
  }
  if (marked !== null) return marked;
  const names = new Set([
    markEntry(telling, 'detected')?.no,
    markEntry(telling, 'declared')?.no,
    markEntry(telling, 'acknowledged')?.no,
  ]);
  const sign = timeline.findIndex((entry) => isSign(entry) || names.has(entry.no));
  return sign === -1 ? 0 : sign;
}

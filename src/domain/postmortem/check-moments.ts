import type { Entry } from '../entry.ts';
import { type Instant, MINUTE } from '../instant.ts';
import type { MilestoneName } from '../words.ts';
import { type Check, cited, type Finding } from './check.ts';
import { lengthOf } from './phrases.ts';
import { is, mark, markEntry, type Telling } from './telling.ts';

type Wanted = {
  readonly name: MilestoneName;
  readonly verb: string;
  readonly ask: string;
  /** An entry that reads as if it were the moment. */
  readonly candidate: (entry: Entry) => boolean;
};

const WANTED: readonly Wanted[] = [
  {
    name: 'impact started',
    verb: 'impact started',
    ask: 'When did the impact start?',
    candidate: (entry) => is(entry, 'impact'),
  },
  {
    name: 'detected',
    verb: 'detected',
    ask: 'When was it detected, and by whom or what?',
    candidate: (entry) => is(entry, 'detected') || is(entry, 'alert') || is(entry, 'report'),
  },
  {
    name: 'acknowledged',
    verb: 'ack',
    ask: 'When did somebody acknowledge it?',
    candidate: (entry) => is(entry, 'acknowledged'),
  },
  {
    name: 'cause found',
    verb: 'cause found',
    ask: 'When was the cause found?',
    candidate: (entry) => is(entry, 'cause'),
  },
  {
    name: 'mitigated',
    verb: 'mitigated',
    ask: 'When was it mitigated?',
    candidate: (entry) => is(entry, 'mitigation') && !is(entry, 'failed'),
  },
  {
    name: 'impact ended',
    verb: 'impact ended',
    ask: 'When did the impact end?',
    candidate: (entry) => is(entry, 'recovered'),
  },
  {
    name: 'resolved',
    verb: 'resolve',
    ask: 'When was it resolved?',
    candidate: (entry) => is(entry, 'recovered'),
  },
];

/** Every moment that the metrics need and the record lacks. */
export const momentsMissing: Check = {
  id: 'moments-missing',
  title: 'Moments that are not recorded',
  find: (telling) => WANTED.flatMap((wanted) => missingOf(telling, wanted)),
};

function missingOf(telling: Telling, { name, verb, ask, candidate }: Wanted): Finding[] {
  if (mark(telling, name) !== null) return [];
  if (telling.record.incident.status === 'cancelled') return [];
  const entry = markEntry(telling, name);
  if (entry !== null) {
    const text = `${ask} “${name}” is ${cited(entry)}, which has no time.${bounds(telling, entry)}`;
    return [{ text, entries: [entry.no], settle: `edit ${entry.no} at <time>` }];
  }
  const likely = telling.timeline.find(
    (line) => candidate(line) && line.detail?.type !== 'comms' && line.detail?.type !== 'update',
  );
  if (likely === undefined) {
    return [{ text: `${ask} “${name}” is not recorded.`, entries: [], settle: `${verb} <time>` }];
  }
  const timed = likely.at !== null;
  const text = `${ask} “${name}” is not set; ${cited(likely)} may be it${timed ? '' : `, and has no time.${bounds(telling, likely)}`}`;
  const settle = timed && verb !== 'resolve' ? `${verb} #${likely.no}` : `${verb} <time>`;
  return [{ text: timed ? `${text}.` : text, entries: [likely.no], settle }];
}

/** Between which recorded moments something without a time lies. */
export function bounds({ timeline }: Telling, entry: Entry): string {
  const place = timeline.indexOf(entry);
  const before = timeline
    .slice(0, place)
    .findLast(({ at, author }) => at !== null && author !== null);
  const after = timeline.slice(place + 1).find(({ at, author }) => at !== null && author !== null);
  if (before === undefined || after === undefined) return '';
  return ` It stands between #${before.no} and #${after.no}.`;
}

const ORDER: readonly (readonly [MilestoneName, MilestoneName])[] = [
  ['impact started', 'detected'],
  ['impact started', 'impact ended'],
  ['impact started', 'mitigated'],
  ['impact started', 'resolved'],
  ['detected', 'acknowledged'],
  ['detected', 'mitigated'],
  ['detected', 'resolved'],
  ['mitigated', 'impact ended'],
  ['mitigated', 'resolved'],
  ['impact ended', 'resolved'],
];

/** Moments that are earlier than what they must follow. */
export const momentsOrder: Check = {
  id: 'moments-order',
  title: 'Moments out of order',
  find: (telling) =>
    telling.rounds.flatMap((round) =>
      ORDER.flatMap(([first, then]) => {
        const [before, after] = [mark(telling, first, round), mark(telling, then, round)];
        if (before === null || after === null || after.at >= before.at) return [];
        const early = lengthOf(before.at - after.at);
        return [
          {
            text: `“${then}” (#${after.entry}) is ${early} before “${first}” (#${before.entry}). Which of the two times is right?`,
            entries: [before.entry, after.entry],
            settle: `edit ${after.entry} at <time>`,
          },
        ];
      }),
    ),
};

/** Impact that starts at the very moment somebody noticed it. */
export const startIsDetection: Check = {
  id: 'start-is-detection',
  title: 'Impact start equals detection',
  find: (telling) => {
    const [start, detected] = [mark(telling, 'impact started'), mark(telling, 'detected')];
    if (start === null || detected === null) return [];
    if (minuteOf(start.at) !== minuteOf(detected.at) || wasSetAgain(telling)) return [];
    const entries = [...new Set([start.entry, detected.entry])];
    return [
      {
        text: 'The impact starts at the very minute at which it was detected: is the true start known, or is it only the first sign? If it is right, set it to the same time again.',
        entries,
        settle: 'impact started <time>',
      },
    ];
  },
};

const minuteOf = (at: Instant): number => Math.floor(at / MINUTE);

/** Whether the start was set to the same minute twice: asked, and answered that it is right. */
function wasSetAgain(telling: Telling): boolean {
  const start = markEntry(telling, 'impact started');
  const was = start?.detail?.was?.at ?? null;
  return start?.at != null && was !== null && minuteOf(was) === minuteOf(start.at);
}

/** A mitigation reported before anybody had set how the incident ended. */
export const endUnconfirmed: Check = {
  id: 'end-unconfirmed',
  title: 'Words that leave the end open',
  find: (telling) =>
    (['mitigated', 'impact ended', 'resolved'] as const)
      .flatMap((name) => markEntry(telling, name) ?? [])
      .filter(
        (entry, place, all) =>
          all.indexOf(entry) === place && HEDGE.test(entry.text) && !confirmed(telling, entry),
      )
      .map((entry) => ({
        text: `${cited(entry)} does not say for certain that it was over. When was that confirmed?`,
        entries: [entry.no],
        settle: `log <time> <what confirmed it> #recovered`,
      })),
};

const HEDGE = /\b(?:seems?|appears?|should be|looks like|probably|presumably)\b/i;

/** Whether a line of its own says later, without such words, that it was over. */
const confirmed = ({ timeline, marksOf }: Telling, { no, at }: Entry): boolean =>
  timeline.some(
    (entry) =>
      entry.no !== no &&
      !marksOf.has(entry.no) &&
      is(entry, 'recovered') &&
      (entry.at ?? 0) >= (at ?? 0) &&
      !HEDGE.test(entry.text),
  );

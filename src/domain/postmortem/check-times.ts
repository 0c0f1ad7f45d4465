import type { Entry } from '../entry.ts';
import { HOUR, type Instant, inZone, type Zone } from '../instant.ts';
import { type Check, cited, isTyped, prose } from './check.ts';
import { brief, quoted } from './phrases.ts';
import { beginning, found, is, type Telling } from './telling.ts';
import { clockOf, wallClock } from './wall-clock.ts';

/** Zones typed in one line that do not agree. */
export const zonesDisagree: Check = {
  id: 'zones-disagree',
  title: 'Zones that disagree in one line',
  find: ({ entries }) =>
    entries.flatMap((entry) =>
      (entry.time?.disagreements.length ?? 0) === 0
        ? []
        : [
            {
              text: `Typed with other zones' figures that do not agree: ${cited(entry)}, ${(entry.time?.disagreements ?? []).map((each) => brief(each, 140)).join('; ')}. Which one is right?`,
              entries: [entry.no],
              settle: `edit ${entry.no} at <time>`,
            },
          ],
    ),
};

/** Times that were typed and could not be read. */
export const timesUnsettled: Check = {
  id: 'times-unsettled',
  title: 'Times that are not settled',
  find: ({ entries }) =>
    entries.flatMap((entry) => {
      const { no, at, question } = entry;
      return question === null || at !== null
        ? []
        : [
            {
              text: `The time ${quoted(brief(question.typed, 60))} of ${cited(entry)} is not settled: ${brief(question.reason)}`,
              entries: [no],
              settle: `edit ${no} at ${question.offers[0]?.typed ?? '<time>'}`,
            },
          ];
    }),
};

/** Times that were typed as approximate. */
export const timesApproximate: Check = {
  id: 'times-approximate',
  title: 'Approximate times',
  find: (telling) => {
    const entries = telling.timeline.filter(({ time }) => time?.flags.includes('approximate'));
    const [first] = entries;
    if (first === undefined) return [];
    const names = entries.slice(0, 8).map((entry) => cited(entry, 50));
    return [
      {
        text: `Recorded with an approximate time: ${names.join(', ')}. Is the minute known?`,
        entries: entries.map(({ no }) => no).slice(0, 30),
        settle: `edit ${first.no} at <time>`,
      },
    ];
  },
};

/** Entries far before everything else, which are more often a slip than a long lead-up. */
export const timesFar: Check = {
  id: 'times-far',
  title: 'Times far before the incident',
  find: ({ timeline }) =>
    timeline
      .filter(({ time }) => time?.flags.includes('far-past'))
      .map((entry) => ({
        text: `${cited(entry)} is more than 24 h before the incident. Is its date right?`,
        entries: [entry.no],
        settle: `edit ${entry.no} at <date and time>`,
      })),
};

const CLOCK =
  /(?<![\d:.])(?:(?<h>[01]?\d|2[0-3])[:h](?<m>[0-5]\d)(?![\d:]|\.\d|-\p{L})(?:\s*(?<half>[ap]m)\b)?|(?<hhmm>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*-?(?:hrs|hours)\b))/giu;

/** Times told in a finding that no line of the timeline has. */
export const timesInProse: Check = {
  id: 'times-in-prose',
  title: 'Times in the prose that are not in the timeline',
  find: (telling) => {
    const texts = [...prose(telling), ...found(telling, 'comms').filter(({ at }) => at === null)]
      .filter(({ at, text }) => at === null && /\d/.test(text))
      .slice(0, 500);
    if (!texts.some(({ text }) => clocksIn(text).length > 0)) return [];
    const known = clocksOf(telling);
    const isPast = pastOf(telling);
    return texts.flatMap((entry) => {
      const absent = [...new Set(clocksIn(entry.text))].filter(
        (clock) => !known.has(clock) && isPast(clock, entry.recordedAt),
      );
      if (absent.length === 0) return [];
      return [
        {
          text: `${cited(entry)} names ${absent.join(', ')}, and no entry of the timeline has that time. What happened then?`,
          entries: [entry.no],
          settle: `log ${absent[0]} <what happened>`,
        },
      ];
    });
  },
};

function clocksIn(text: string): readonly string[] {
  if (HABIT.test(text)) return [];
  return [...text.slice(0, 4000).replaceAll(NO_MOMENT, ' ').matchAll(CLOCK)].map(({ groups }) => {
    const { h = '', m = '', half, hhmm } = groups ?? {};
    if (hhmm !== undefined) return `${hhmm.slice(0, 2)}:${hhmm.slice(2)}`;
    const hour = Number(h);
    const shift = half === undefined ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0);
    return `${String(shift).padStart(2, '0')}:${m}`;
  });
}

/** What a name holds (“the 07:00 ferry”), what is so every day, and when something was to be. */
const NO_MOMENT =
  /\b(?:the|an?|our|its|this|that) \d{1,2}[:h]\d{2} (?!(?:deploy|release|restart|reboot|change|roll|run|batch|job|update|alert|backup|switch|failover|migration|maintenance)\w*\b)\p{L}|\b(?:is|are) \d{1,2}[:h]\d{2}|[“"][^”"]{1,30}[”"]|\b(?:instead of|rather than|(?:planned|scheduled|meant|due) (?:for|at|to \w+ at))(?: at)? \d{1,2}[:h]\d{2}/giu;

/**
 * Whether a clock may name a moment of the incident or of what led up to it: its last occurrence before it was written lies
 * not more than half a day before the beginning. An hour that comes around later is the hour of something else.
 */
function pastOf(telling: Telling): (clock: string, recordedAt: Instant) => boolean {
  const start = beginning(telling);
  const zone = telling.timeline.find(({ time }) => time !== null)?.time?.zone ?? 'UTC';
  return (clock, recordedAt) => {
    if (start === null) return true;
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    const last = (zone: Zone): Instant => {
      const there = inZone(recordedAt, zone).set({ hour, minute, second: 0, millisecond: 0 });
      return (there.toMillis() > recordedAt ? there.minus({ days: 1 }) : there).toMillis();
    };
    return [zone, 'UTC'].some((each) => last(each) >= start - HALF_DAY);
  };
}

const HALF_DAY = 12 * HOUR;

/** Hours that hold every day, and lengths of time, are no moments. */
const HABIT =
  /\b(?:every|each|daily|always|usually|only|at most|at least|per|takes?|opens?|closes?|office hours|local time)\b/i;

/**
 * Every clock face of what people recorded, in the zones in which times were typed, and in UTC.
 * Muster's own lines are so many that one of them has nearly every minute.
 */
function clocksOf(telling: Telling): ReadonlySet<string> {
  const timeline = telling.timeline.filter(
    (entry) => isTyped(entry) || telling.marksOf.has(entry.no),
  );
  const zones = [...new Set(['UTC', ...timeline.flatMap(({ time }) => time?.zone ?? [])])].slice(
    0,
    8,
  );
  const faces = zones.map(wallClock);
  return new Set(
    timeline.flatMap(({ at }) => (at === null ? [] : faces.map((face) => clockOf(face(at).there)))),
  );
}

/** What was told to somebody by its own verb is about the trouble; a line tagged so may be about anything. */
const isPost = (entry: Entry): boolean =>
  entry.detail?.type === 'comms' ||
  entry.detail?.type === 'update' ||
  (is(entry, 'comms') && OUTAGE.test(entry.text));

const OUTAGE =
  /resolv|restor|\bfixed\b|\bunable\b|outage|unavailab|\bdown\b|incident|investigat|degrad|\berrors?\b|\bback\b/i;
const PLANNED = /\b(?:planned|scheduled|upfront|in advance|maintenance)\b/i;
const OVER = /\b(?:resolved|restored|fixed|back online|solved)\b/i;

/** Posts about the trouble that are older than the trouble. */
export const postsTooEarly: Check = {
  id: 'posts-too-early',
  title: 'Posts before what they speak of',
  find: (telling) => {
    const start = startOf(telling);
    const resolved = telling.timeline.find((entry) =>
      telling.marksOf.get(entry.no)?.includes('resolved'),
    );
    return telling.timeline
      .filter((entry) => isPost(entry) && !PLANNED.test(entry.text))
      .flatMap((entry) => {
        if (entry.at === null) return [];
        const early = [
          ...(start !== null && entry.at < start.at
            ? [`${Math.round((start.at - entry.at) / 60_000)} min before ${cited(start.entry, 60)}`]
            : []),
          ...(resolved?.at && OVER.test(entry.text) && entry.at < resolved.at
            ? [
                `${Math.round((resolved.at - entry.at) / 60_000)} min before the recorded resolution (#${resolved.no})`,
              ]
            : []),
        ];
        if (early.length === 0) return [];
        return [
          {
            text: `${cited(entry)} was posted ${early.join(' and ')}. Is the time of the post right?`,
            entries: [
              entry.no,
              ...(start === null ? [] : [start.entry.no]),
              ...(resolved === undefined ? [] : [resolved.no]),
            ],
            settle: `edit ${entry.no} at <time>`,
          },
        ];
      });
  },
};

/** The start of the impact; where it is not known, the first change that anybody recorded. */
function startOf(telling: Telling) {
  const named = (name: 'impact started' | 'detected') =>
    telling.timeline.find(({ no, at }) => at !== null && telling.marksOf.get(no)?.includes(name));
  const change = telling.timeline.find(
    (entry) => entry.at !== null && is(entry, 'change') && isTyped(entry),
  );
  const entry = named('impact started') ?? change ?? named('detected');
  return entry === undefined || entry.at === null ? null : { entry, at: entry.at };
}

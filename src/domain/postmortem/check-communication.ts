import { HOUR, type Instant, inZone, MINUTE, type Zone } from '../instant.ts';
import { type Check, cited, isTyped, prose } from './check.ts';
import { lengthOf } from './phrases.ts';
import { found, is, mark, type Telling } from './telling.ts';

const CLAIM =
  /\b(?:in-?status|status ?page|status updates?|customers|users)\b[^.]{0,60}\b(?:was|were|where|is|are|been) (?:used|updated|posted|informed|told|notified|sent|answered)\b|\bupdates? (?:was|were|where) (?:posted|used|sent)\b/i;

/** Communication that a finding speaks of and the timeline does not have. */
export const commsClaimed: Check = {
  id: 'comms-claimed',
  title: 'Communication claimed',
  find: (telling, report) => {
    const timed =
      found(telling, 'comms').some(({ at }) => at !== null) ||
      telling.timeline.some((entry) => entry.at !== null && is(entry, 'comms'));
    if (timed) return [];
    const own = [
      ...prose(telling),
      ...found(telling, 'comms').filter(({ at }) => at === null),
    ].filter(({ text }) => CLAIM.test(text));
    const [first] = own;
    if (first !== undefined) {
      return [
        {
          text: `${cited(first)}, but the timeline has no message with a time. What was posted, and when?`,
          entries: [first.no],
          settle: 'comms external <time> <text>',
        },
      ];
    }
    const shared = report
      .flatMap((other) => (other === telling ? [] : [...prose(other), ...found(other, 'comms')]))
      .find(({ text }) => CLAIM.test(text) && /\b(?:both|all|each)\b/i.test(text));
    if (shared !== undefined) {
      return [
        {
          text: `“${shared.text.slice(0, 110)}” is said of several incidents, but this timeline has no message with a time. What was posted, and when?`,
          entries: [],
          settle: 'comms external <time> <text>',
        },
      ];
    }
    return [
      {
        text: 'What was told to users and inside, and when? No communication is recorded.',
        entries: [],
        settle: 'comms external <time> <text>',
      },
    ];
  },
};

const PROMISE =
  '\\b(?:updates?|news|(?:report|post|write) (?:back|again)|inform you(?: again)?|more information|next (?:message|post|report|status)|be back)\\b';
const AFTER = new RegExp(
  `${PROMISE}[^.]{0,20}? (?:in|within) (\\d{1,3}|one|two|three|half an|an?) ?(min|minutes|m|h|hours?)\\b`,
  'i',
);
const BY = new RegExp(
  `${PROMISE}[^.]{0,20}? (?:at|by|before|around) (\\d{1,2})[:.h](\\d{2})\\b(?<utc> ?(?:UTC|GMT|Z)\\b)?`,
  'i',
);
const AMOUNTS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  a: 1,
  an: 1,
  'half an': 0.5,
};

/** An update that was promised for a time and came later, or not at all. */
export const updatePromised: Check = {
  id: 'update-promised',
  title: 'Updates promised',
  find: (telling) => {
    const posts = telling.timeline.flatMap((entry) => {
      const { at } = entry;
      return at !== null && isTyped(entry) && is(entry, 'comms') ? [{ entry, at }] : [];
    });
    const zone = telling.timeline.find((entry) => entry.time !== null)?.time?.zone ?? 'UTC';
    return posts.flatMap(({ entry, at }, place) => {
      const due = promisedFor(entry.text, at, zone);
      const next = posts[place + 1] ?? null;
      if (due === null || !wasMissed(telling, due + 5 * MINUTE, next?.at ?? null)) return [];
      const came =
        next === null
          ? 'none followed'
          : `the next one (#${next.entry.no}) came ${lengthOf(next.at - due)} late`;
      return [
        {
          text: `${cited(entry)} promises an update; ${came}. Was one posted?`,
          entries: [entry.no, ...(next === null ? [] : [next.entry.no])],
          settle: 'comms external <time> <text>',
        },
      ];
    });
  },
};

/** A length of time from the post, or the next such clock in the zone in which people typed. */
function promisedFor(text: string, at: Instant, zone: Zone): Instant | null {
  const [, amount, unit = ''] = AFTER.exec(text) ?? [];
  if (amount !== undefined) {
    const count = AMOUNTS[amount.toLowerCase()] ?? Number(amount);
    return at + count * (unit.startsWith('h') ? HOUR : MINUTE);
  }
  const said = BY.exec(text);
  const [, hour, minute] = said ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23) return null;
  const there = inZone(at, said?.groups?.utc === undefined ? zone : 'UTC').set({
    hour: Number(hour),
    minute: Number(minute),
    second: 0,
  });
  return (there.toMillis() < at ? there.plus({ days: 1 }) : there).toMillis();
}

/** Nobody owes an update once it is resolved. */
function wasMissed(telling: Telling, latest: Instant, next: Instant | null): boolean {
  if (next !== null) return next > latest;
  const resolved = mark(telling, 'resolved');
  return resolved !== null && resolved.at > latest;
}

import { HOUR, type Instant, MINUTE } from '../instant.ts';
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

const PROMISED = /\b(?:next )?update (?:in|within) (\d{1,3}) ?(min|minutes|m|h|hours?)\b/i;

/** An update that was promised for a time and came later, or not at all. */
export const updatePromised: Check = {
  id: 'update-promised',
  title: 'Updates promised',
  find: (telling) => {
    const posts = telling.timeline.flatMap((entry) => {
      const { at } = entry;
      return at !== null && isTyped(entry) && is(entry, 'comms') ? [{ entry, at }] : [];
    });
    return posts.flatMap(({ entry, at }, place) => {
      const due = promisedFor(entry.text, at);
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

function promisedFor(text: string, at: Instant): Instant | null {
  const [, amount, unit = ''] = PROMISED.exec(text) ?? [];
  if (amount === undefined) return null;
  return at + Number(amount) * (unit.startsWith('h') ? HOUR : MINUTE);
}

/** Nobody owes an update once it is resolved. */
function wasMissed(telling: Telling, latest: Instant, next: Instant | null): boolean {
  if (next !== null) return next > latest;
  const resolved = mark(telling, 'resolved');
  return resolved !== null && resolved.at > latest;
}

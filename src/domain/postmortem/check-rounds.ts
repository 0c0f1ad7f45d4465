import { type Check, cited, isTyped } from './check.ts';
import { lengthOf } from './phrases.ts';
import { found, is, lastMark, mark, markEntry, type Telling } from './telling.ts';

/** Trouble that was reported after the resolution, without a reopening. */
export const afterResolution: Check = {
  id: 'after-resolution',
  title: 'Reports after the resolution',
  find: (telling) => {
    const resolved = lastMark(telling, 'resolved');
    if (resolved === null) return [];
    const { recorded } = telling.record.incident;
    if (
      telling.rounds.some((round) => (mark(telling, 'reopened', round)?.at ?? 0) >= resolved.at)
    ) {
      return [];
    }
    return telling.timeline
      .filter(
        (entry) =>
          entry.at !== null &&
          entry.at > resolved.at &&
          isTyped(entry) &&
          (['report', 'alert', 'impact'] as const).some((kind) => is(entry, kind)) &&
          !isWell(entry.text),
      )
      .slice(0, 5)
      .map((entry) => ({
        text: `${cited(entry)} is ${lengthOf((entry.at ?? 0) - resolved.at)} after the resolution (#${resolved.entry}), and the incident was not reopened. Does it belong to it?`,
        entries: [resolved.entry, entry.no],
        // What was recorded after it was over is not reopened.
        settle: recorded ? `strike ${entry.no} belongs to another incident` : 'reopen <reason>',
      }));
  },
};

/** Word that all is well, which people report too. */
const isWell = (text: string): boolean =>
  /\b(?:normal|fine|working|works|recovered|ok|okay|no (?:more )?(?:errors|trouble|problems))\b/i.test(
    text,
  ) && !/\b(?:not|no longer|again|still|never|but)\b/i.test(text);

/** A reopening that nobody closed. */
export const reopenedOpen: Check = {
  id: 'reopened-open',
  title: 'Reopened and not resolved again',
  find: (telling) =>
    telling.rounds.slice(1).flatMap((round) => {
      const reopened = markEntry(telling, 'reopened', round);
      if (reopened === null || markEntry(telling, 'resolved', round) !== null) return [];
      const last = telling.timeline.findLast((entry) => isTyped(entry) && entry.at !== null);
      const until = last === undefined ? '' : ` The last entry is ${cited(last)}.`;
      return [
        {
          text: `Reopened with ${cited(reopened)}, and no second resolution is recorded: the follow-up is open-ended.${until}`,
          entries: [reopened.no, ...(last === undefined ? [] : [last.no])],
          settle: 'resolve <time> <text>',
        },
      ];
    }),
};

/** An effect that lasts for the whole incident although the impact ended before. */
export const wholePeriod: Check = {
  id: 'whole-period',
  title: 'Impact said to last the whole incident',
  find: (telling) => {
    const [ended, resolved] = [mark(telling, 'impact ended'), mark(telling, 'resolved')];
    const back = ended ?? mark(telling, 'mitigated');
    if (back === null || resolved === null || resolved.at - back.at < 60_000) return [];
    return found(telling, 'effect')
      .filter(({ text }) => WHOLE.test(text))
      .map((entry) => ({
        text: `${cited(entry)} speaks of the whole incident, but the service was back ${lengthOf(resolved.at - back.at)} before the resolution (#${back.entry}, #${resolved.entry}). How long did the effect last?`,
        entries: [entry.no, back.entry, resolved.entry],
        settle: `edit ${entry.no} <text>`,
      }));
  },
};

const WHOLE =
  /\b(?:during|throughout|for|over) (?:the )?(?:whole |entire |full )?(?:duration|length|course) of (?:the |this )?(?:whole |entire )?(?:incident|outage)\b|\b(?:during|throughout|for) (?:the )?(?:whole |entire |full )?(?:incident|outage)(?: period| window)?\b|\b(?:until|till) (?:the )?(?:incident|outage) (?:was |is |had been )?(?:over|resolved|closed|ended)\b|\b(?:from start to finish|from beginning to end|the (?:whole|entire) time)\b/i;

/** Whether users could do something meanwhile. */
export const workaroundUnclear: Check = {
  id: 'workaround',
  title: 'Workaround: none, or not recorded',
  find: (telling) => {
    const last = found(telling, 'workaround').at(-1);
    if (last === undefined) {
      return [
        {
          text: 'Was there a workaround? Neither one nor “none” is recorded.',
          entries: [],
          settle: 'workaround <text or none>',
        },
      ];
    }
    // What was recorded last is the answer: “none”, or one that was remembered later.
    if (!last.detail.none) return [];
    return usersCould(telling).map((entry) => ({
      text: `“No workaround” is recorded (#${last.no}), but ${cited(entry)} says what users could do. Which is right?`,
      entries: [last.no, entry.no],
      settle: 'workaround <text>',
    }));
  },
};

const COULD =
  /\b(?:users?|customers?|they|people|clinicians|patients|students|which|that|measurements|orders|requests)\b[^.]{0,40}\b(?:could|can) (?!not\b|no\b)(?:still |again |be |also )*(?:re)?(?:send|sent|submit|submitted|use|used|try|tried|retry|work|log|access|order)/i;

const usersCould = (telling: Telling) => [
  ...found(telling, 'effect').filter(({ text }) => COULD.test(text)),
  ...found(telling, 'lesson').filter(({ text }) => COULD.test(text)),
];

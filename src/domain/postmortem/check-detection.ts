import { HOUR, type Instant, MINUTE } from '../instant.ts';
import { type Check, cited, prose } from './check.ts';
import { firstAlert, firstReport, isMachinery } from './intervals.ts';
import { lengthOf } from './phrases.ts';
import { found, mark, type Telling } from './telling.ts';
import { announcedIn } from './waits.ts';

/** An alert is late after half an hour, or after a third of the impact. */
const LATE = 30 * MINUTE;
const LATE_SHARE = 1 / 3;
const SOON = 10 * MINUTE;

function isLate(telling: Telling, start: Instant, alert: Instant): boolean {
  const ended = mark(telling, 'impact ended') ?? mark(telling, 'resolved');
  const share = ended === null ? Number.POSITIVE_INFINITY : (ended.at - start) * LATE_SHARE;
  return alert - start >= Math.min(LATE, Math.max(SOON, share));
}

/** Reports that came before monitoring alerted. The record does not say whose they were. */
export const noticedFirst: Check = {
  id: 'noticed-first',
  title: 'Who noticed first',
  find: (telling, incidents) => {
    const [report, alert] = [firstReport(telling), firstAlert(telling)];
    const start = mark(telling, 'impact started');
    if (isExplained(telling)) return [];
    if (alert === undefined) {
      // A claim that no alert was missed asks for the same alert.
      if (report === undefined || alertsClaimed.find(telling, incidents).length > 0) return [];
      return [
        {
          text: `It was reported (${cited(report)}) and no alert is recorded. If there was one, log it with #alert; if not, why not?`,
          entries: [report.no],
          settle: 'cause worsened There was no alert: <why>',
        },
      ];
    }
    const first = report?.at != null && alert.at !== null && report.at < alert.at ? report : null;
    if (first?.at != null && alert.at !== null) {
      return [
        {
          text: `It was reported ${lengthOf(alert.at - first.at)} before monitoring alerted (${cited(first, 60)}; ${cited(alert, 60)}). Why did the alert come later?`,
          entries: [first.no, alert.no],
          settle: 'cause worsened The alert came late: <why>',
        },
      ];
    }
    if (start === null || alert.at === null || !isLate(telling, start.at, alert.at)) return [];
    return [
      {
        text: `The first alert (${cited(alert, 60)}) came ${lengthOf(alert.at - start.at)} after the impact started (#${start.entry}). Why not earlier?`,
        entries: [start.entry, alert.no],
        settle: 'cause worsened The alert came late: <why>',
      },
    ];
  },
};

/** Whether somebody recorded why nobody knew sooner: a cause or a bad lesson that speaks of watching. */
const isExplained = (telling: Telling): boolean =>
  found(telling, 'cause').some(({ text }) => WATCH.test(text)) ||
  found(telling, 'lesson').some(({ detail, text }) => detail.sort === 'badly' && WATCH.test(text));

const WATCH =
  /\b(?:alert(?:s|ed|ing)?|alarms?|monitor(?:s|ed|ing)?|noticed|detect(?:s|ed|ion)?|watch(?:es|ed)?)\b/i;

const NONE_MISSED =
  /\bno (?:alerts?|alarms?) (?:(?:was|were|where|have been|has been) )?missed\b|\b(?:monitoring|alerts?|alarms?|alerting)\b(?: system)? (?:(?!(?:never|not|hardly|barely|only)\b)\w+ )?(?:fired|worked|caught|detected|triggered|noticed|alerted|paged|warned|spotted|went off|did (?:its|their) job)\b(?! (?:\w+ ){0,3}(?:late|later)\b)/i;

/** A claim that monitoring worked, of an incident that was reported first. */
export const alertsClaimed: Check = {
  id: 'alerts-claimed',
  title: 'Alerts claimed, a report was first',
  find: (telling) => {
    const claim = [...prose(telling), ...telling.timeline].find(({ text }) =>
      NONE_MISSED.test(text),
    );
    const report = firstReport(telling);
    const alert = firstAlert(telling);
    if (claim === undefined || report?.at == null) return [];
    if (alert?.at != null && alert.at <= report.at) return [];
    return [
      {
        text: `${cited(claim)}, but it was reported first (${cited(report)})${alert === undefined ? ' and no alert is recorded' : ''}. Was there an alert?`,
        entries: [claim.no, report.no],
        settle: 'log <time> <which alert> #alert',
      },
    ];
  },
};

/** Long stretches of the incident of which nothing is recorded. */
export const gaps: Check = {
  id: 'gaps',
  title: 'Unexplained gaps',
  find: (telling) => {
    const start = mark(telling, 'impact started') ?? mark(telling, 'detected');
    const end = mark(telling, 'resolved') ?? mark(telling, 'impact ended');
    if (start === null || end === null) return [];
    // What nobody knew of has no line: it is asked from the moment on at which somebody did.
    const known = Math.max(start.at, mark(telling, 'detected')?.at ?? start.at);
    const mitigated = mark(telling, 'mitigated');
    const whole = end.at - known;
    const least = Math.max(HOUR / 2, Math.min(HOUR, whole * 0.4), whole / 6);
    const within = telling.timeline.filter(
      ({ at, detail }) => at !== null && at >= known && at <= end.at && !isMachinery(detail?.type),
    );
    return within
      .slice(1)
      .flatMap((to, place) => {
        const from = within[place];
        const length = from === undefined ? 0 : (to.at ?? 0) - (from.at ?? 0);
        // Once the effect on users is stopped, people wait and watch.
        const quiet = (from?.at ?? 0) >= (mitigated?.at ?? Number.MAX_VALUE) ? 1.5 : 1;
        if (from === undefined || length < least * quiet) return [];
        return isAnnounced(from.text, length) ? [] : [{ from, to, length }];
      })
      .sort((a, b) => b.length - a.length)
      .slice(0, 3)
      .map(({ from, to, length }) => ({
        text: `Nothing is recorded for ${lengthOf(length)} between ${cited(from, 70)} and ${cited(to, 70)}. What happened then?`,
        entries: [from.no, to.no],
        settle: 'log <time> <what happened>',
      }));
  },
};

/** “Answer promised within two hours”: a wait of about the length that the line before it announced. */
const isAnnounced = (text: string, length: number): boolean =>
  announcedIn(text).some((announced) => length <= announced * 1.25);

/**
 * The header field in which people write what they assumed; what was set last holds. Each is settled
 * by itself, so that two who confirm two of them do not bring back what the other confirmed.
 */
export const assumptions: Check = {
  id: 'assumptions',
  title: 'Assumed, not confirmed',
  find: (telling: Telling) => {
    const last = found(telling, 'field').findLast(({ detail }) => detail.field === 'assumed');
    if (last === undefined) return [];
    const confirmed = found(telling, 'field').flatMap(({ no, detail }) =>
      no > last.no && detail.field === 'confirmed' ? [detail.value.trim()] : [],
    );
    const parts = last.detail.value
      .split(/;(?![^()]*\))/)
      .map((each) => each.trim())
      .filter((each) => each !== '' && !/^(?:none|nothing|-)$/i.test(each));
    return parts
      .filter((each) => !confirmed.includes(each))
      .map((each) => ({
        text: `Assumed, not confirmed: ${each}`,
        entries: [last.no],
        settle: `set confirmed ${each}`,
      }));
  },
};

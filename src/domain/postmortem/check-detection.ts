import { HOUR, MINUTE } from '../instant.ts';
import { type Check, cited, prose } from './check.ts';
import { firstAlert, firstReport, isMachinery } from './intervals.ts';
import { lengthOf } from './phrases.ts';
import { found, mark, type Telling } from './telling.ts';

const LATE = 10 * MINUTE;

/** Reports that came before monitoring alerted. The record does not say whose they were. */
export const noticedFirst: Check = {
  id: 'noticed-first',
  title: 'Who noticed first',
  find: (telling) => {
    const [report, alert] = [firstReport(telling), firstAlert(telling)];
    const start = mark(telling, 'impact started');
    if (alert === undefined) {
      if (report === undefined) return [];
      return [
        {
          text: `It was reported (${cited(report)}) and no alert is recorded. Was there one, and if not, why not?`,
          entries: [report.no],
          settle: 'log <time> <which alert> #alert',
        },
      ];
    }
    const first = report?.at != null && alert.at !== null && report.at < alert.at ? report : null;
    if (first?.at != null && alert.at !== null) {
      return [
        {
          text: `It was reported ${lengthOf(alert.at - first.at)} before monitoring alerted (${cited(first, 60)}; ${cited(alert, 60)}). Why did the alert come later?`,
          entries: [first.no, alert.no],
          settle: 'cause worsened <what delayed the alert>',
        },
      ];
    }
    if (start === null || alert.at === null || alert.at - start.at < LATE) return [];
    return [
      {
        text: `The first alert (${cited(alert, 60)}) came ${lengthOf(alert.at - start.at)} after the impact started (#${start.entry}). Why not earlier?`,
        entries: [start.entry, alert.no],
        settle: 'cause worsened <what delayed the alert>',
      },
    ];
  },
};

const NONE_MISSED =
  /\bno alerts? (?:(?:was|were|where|have been|has been) )?missed\b|\ball alerts (?:fired|worked)\b/i;

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
    const least = Math.min(HOUR, Math.max((end.at - start.at) / 3, 20 * MINUTE));
    const within = telling.timeline.filter(
      ({ at, detail }) =>
        at !== null && at >= start.at && at <= end.at && !isMachinery(detail?.type),
    );
    return within
      .slice(1)
      .flatMap((to, place) => {
        const from = within[place];
        const length = from === undefined ? 0 : (to.at ?? 0) - (from.at ?? 0);
        return from === undefined || length < least ? [] : [{ from, to, length }];
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

/** The header field in which people write what they assumed; what was set last holds. */
export const assumptions: Check = {
  id: 'assumptions',
  title: 'Assumed, not confirmed',
  find: (telling: Telling) => {
    const last = found(telling, 'field').findLast(({ detail }) => detail.field === 'assumed');
    if (last === undefined) return [];
    const parts = last.detail.value
      .split(/;(?![^()]*\))/)
      .map((each) => each.trim())
      .filter((each) => each !== '' && !/^(?:none|nothing|-)$/i.test(each));
    return parts.map((each) => ({
      text: `Assumed, not confirmed: ${each}`,
      entries: [last.no],
      settle: `set assumed ${parts.filter((other) => other !== each).join('; ') || 'none'}`,
    }));
  },
};

import { inWords } from '../domain/decide/wording.ts';
import { DAY, type Instant, inZone } from '../domain/instant.ts';
import { gapsOf } from '../domain/schedules/gaps.ts';
import type { Schedule } from '../domain/schedules/schedule.ts';
import type { Settings } from '../domain/settings.ts';
import { isTarget } from './doubts.ts';
import type { Problem } from './problem.ts';

/** How far ahead is looked: whatever comes round each week or month has come round by then. */
const AHEAD = 28 * DAY;

/** When nobody is on call in the coming weeks in a schedule that is used; overrides are not known here. */
export const gaps = (settings: Settings, now: Instant): readonly Problem[] =>
  Object.values(settings.schedules)
    .filter(({ name }) => isTarget(settings, 'schedule', name))
    .flatMap((schedule) => gapIn(schedule, now));

function gapIn(schedule: Schedule, now: Instant): readonly Problem[] {
  const { name, zone } = schedule;
  const found = gapsOf(schedule, now, now + AHEAD);
  const [first] = found;
  if (first === undefined) return [];
  const total = found.reduce((sum, { from, until }) => sum + until - from, 0);
  const moment = (at: Instant): string => inZone(at, zone).toFormat('ccc d LLL HH:mm');
  const next = `${found.length === 1 ? '' : 'first '}${moment(first.from)} to ${moment(first.until)}, ${zone}`;
  return [
    {
      path: `schedules.${name}`,
      reason: `nobody is on call for ${inWords(total)} of the next 4 weeks (${next})`,
      fix: 'end its layers with one that has no only: […], or have somebody stand in',
    },
  ];
}

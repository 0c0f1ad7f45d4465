import { type Instant, inZone, type Zone } from '../instant.ts';

const SATURDAY = 6;

/** The same clock time so many working days later, Monday to Friday on that zone's calendar. */
export function addBusinessDays(from: Instant, days: number, zone: Zone): Instant {
  let moment = inZone(from, zone);
  for (let left = days; left > 0; ) {
    moment = moment.plus({ days: 1 });
    if (moment.weekday < SATURDAY) left -= 1;
  }
  return moment.toMillis();
}

const MORNING = 9;

/** Nine o'clock of the nth working day after that instant's day, on that zone's calendar. */
export const workingMorning = (after: Instant, n: number, zone: Zone): Instant =>
  inZone(addBusinessDays(after, n, zone), zone)
    .set({ hour: MORNING, minute: 0, second: 0, millisecond: 0 })
    .toMillis();

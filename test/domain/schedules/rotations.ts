import { shifts } from '../../../src/domain/schedules/on-call.ts';
import type { Layer, Override, Schedule } from '../../../src/domain/schedules/schedule.ts';
import { AMSTERDAM, weekly } from '../../support/rota.ts';

/** The same people, a day each. */
export const daily = (hour: number, minute: number): Layer => ({
  ...weekly,
  turn: { unit: 'day', count: 1 },
  handoff: { weekday: 1, hour, minute },
});
export const business = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };

/** A schedule of these layers. */
export const of = (...layers: Layer[]): Schedule => ({ name: 'platform', zone: AMSTERDAM, layers });
export const utc = (written: string): number => Date.parse(`${written}:00Z`);
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 16);

/** Shifts as lines: who, from, until. */
export const told = (schedule: Schedule, from: string, count: number, overrides: Override[] = []) =>
  shifts(schedule, overrides, utc(from), count).map(
    (shift) => `${shift.user ?? 'nobody'} ${iso(shift.from)} ${iso(shift.until)}`,
  );

import { HOUR } from '../../src/domain/instant.ts';
import type { Layer, Override, Schedule } from '../../src/domain/schedules/schedule.ts';

/** A Wednesday, 13:50 in Amsterdam: U1 has been on call since Monday. */
export const NOW = Date.UTC(2026, 0, 7, 12, 50);
export const AMSTERDAM = 'Europe/Amsterdam';
/** Three people, a week each, from Monday 09:00. */
export const weekly: Layer = {
  members: ['U1', 'U2', 'U3'],
  turn: { unit: 'week', count: 1 },
  handoff: { weekday: 1, hour: 9, minute: 0 },
  start: '2026-01-05',
  only: [],
  zone: AMSTERDAM,
};
/** They are on call for the platform. */
export const platform: Schedule = {
  name: 'platform',
  zone: AMSTERDAM,
  layers: [weekly],
};

/** Somebody who stands in, from an hour ago for six hours unless said otherwise. */
export const made = (more: Partial<Override>): Override => ({
  id: '1a2b3c4d-0000-4000-8000-000000000001',
  schedule: 'platform',
  user: 'U9',
  from: NOW - HOUR,
  until: NOW + 5 * HOUR,
  by: 'UBOSS',
  at: NOW - HOUR,
  ...more,
});

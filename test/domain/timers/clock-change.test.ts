import { expect, test } from 'vitest';
import { HOUR, inZone, MINUTE } from '../../../src/domain/instant.ts';
import { createClockwork } from '../../support/clockwork.ts';
import { SETTINGS } from '../../support/ladder.ts';

const OPEN = {
  type: 'open',
  title: 'Checkout is down',
  severity: 'sev1',
  private: false,
  since: null,
} as const;

const inBerlin = (at: number): string => inZone(at, 'Europe/Berlin').toFormat('HH:mm ZZ');

// The ladder's spans are elapsed time: only how an instant is written down knows of clocks.
test.each([
  ['forward', '2026-03-29T00:30:00Z', '01:30 +01:00', '03:30 +02:00', '06:30 +02:00'],
  ['back', '2026-10-25T00:30:00Z', '02:30 +02:00', '02:30 +01:00', '05:30 +01:00'],
])(
  'in the night in which clocks go %s an hour of the ladder is an hour',
  (_, declaredAt, began, mitigated, resolved) => {
    const start = Date.parse(declaredAt);
    const story = createClockwork({ ...SETTINGS, zones: ['Europe/Berlin'] }, start);
    expect(inBerlin(start)).toBe(began);
    expect(story.attempt(OPEN, 'UANA', 'Europe/Berlin').ok).toBe(true);
    story.passes(5 * HOUR);
    const breach = (timer: string) =>
      story.entries.find(
        ({ detail }) =>
          detail?.type === 'timer' && detail.timer === timer && detail.step === 'breach',
      )?.at ?? 0;
    expect((breach('acknowledge') - start) / MINUTE).toBe(5);
    expect((breach('mitigate') - start) / HOUR).toBe(1);
    expect((breach('resolve') - start) / HOUR).toBe(4);
    expect([breach('mitigate'), breach('resolve')].map(inBerlin)).toEqual([mitigated, resolved]);
  },
);

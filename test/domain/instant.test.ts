import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { expect, test } from 'vitest';
import { HOUR, inZone } from '../../src/domain/instant.ts';

const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Antarctica/Troll',
];

const FROM = Date.UTC(process.env.LONG === '1' ? 2009 : 2019, 0, 1);

test('the offset of a zone is the one that the database of zones gives, at any instant', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2040, 0, 1) }),
      (zone, instant) => {
        expect(inZone(instant, zone).offset).toBe(IANAZone.create(zone).offset(instant));
      },
    ),
    { numRuns: 3000 },
  );
});

test.each(ZONES)('around every change of the clocks in %s, to the minute', (zone) => {
  const own = IANAZone.create(zone);
  for (let at = FROM; at < Date.UTC(2027, 0, 1); at += 6 * HOUR) {
    if (own.offset(at) === own.offset(at + 6 * HOUR)) continue;
    for (let minute = -5; minute <= 365; minute += 5) {
      const instant = at + minute * 60_000;
      expect(inZone(instant, zone).offset, new Date(instant).toISOString()).toBe(
        own.offset(instant),
      );
    }
  }
});

test('a zone that there is not is a fault, whatever it looks like', () => {
  for (const zone of ['', 'nowhere', 'Europe/Nowhere', 'x/y', 'constructor']) {
    expect(() => inZone(0, zone), zone).toThrow('no such zone');
  }
});

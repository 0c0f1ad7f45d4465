import { DAY } from '../domain/instant.ts';
import { ok, refuse } from '../domain/result.ts';
import { readPeriod } from '../domain/stats/period.ts';
import { defineCommand, read } from './command.ts';
import { readable } from './slack-tokens.ts';

/** Periods are read against the database's clock; here it only matters whether they are some. */
const ANY = { now: 200 * 365 * DAY, zone: 'UTC' };

/** Incidents in figures. */
export const stats = defineCommand({
  name: 'stats',
  aliases: [],
  usage: ['stats [30 days, last month, 2026-Q1, since <date>, all] [charts]'],
  example: 'stats last month',
  summary: 'Shows incidents in figures; charts sends them to you as a picture, too.',
  about: 'workspace',

  parse(rest) {
    const [, period = '', charts] =
      /^(.*?)(?:(?:^|\s+)(charts?|pictures?))?$/is.exec(rest.trim()) ?? [];
    const known = readPeriod(period, ANY);
    // What is only still to come is refused by the clock that knows.
    if (!known.ok && known.refusal.code === 'unreadable') {
      const [example = '30 days'] = known.refusal.offers.map(({ typed }) => typed);
      return refuse(`${known.refusal.reason}.`, `stats ${readable(example)}`);
    }
    return ok(read({ type: 'stats', period, charts: charts !== undefined }));
  },
});

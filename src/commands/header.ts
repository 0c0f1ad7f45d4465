import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { readable } from './slack-tokens.ts';
import { afterWord } from './words-in.ts';

/** Header fields of the record. */
export const set = defineCommand({
  name: 'set',
  aliases: [],
  usage: ['set <service, classification, priority, zones, …> <value>'],
  example: 'set service checkout',
  summary: 'Fills in a header field of the record.',
  about: 'incident',

  parse(text) {
    const [, field, value] =
      /^(\p{L}[\p{L}\p{N}_-]{0,39})\s*[:=]?\s*([\s\S]*)$/u.exec(text.trim()) ?? [];
    if (field === undefined || value === undefined)
      return refuse('Say which field, and its value.', this.example);
    if (value === '') return refuse(`Say what ${field.toLowerCase()} should be.`, this.example);
    return ok(change({ type: 'set', field: field.toLowerCase(), value: readable(value) }));
  },
});

/** A figure that somebody published. */
export const stated = defineCommand({
  name: 'stated',
  aliases: [],
  usage: ['stated <metric> <duration>', 'stated <metric> <from>–<to>', 'stated <metric> N/A'],
  example: 'stated time to mitigate 39 min',
  summary: 'Records a figure that somebody published, to be held against the computed one.',
  about: 'incident',

  parse(text) {
    const found = metricAndValue(readable(text.trim()));
    if (found === null)
      return refuse('Say which figure, and what was published for it.', this.example);
    return ok(change({ type: 'stated', ...found }));
  },
});

const NOT_AVAILABLE = /^(?:n\/?a|none|unknown)$/i;
const LENGTH =
  /^\d+(?:[.,]\d+)?\s*(?:[wdhms]|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?)?(?:(?:[\s,]|and)*\d+(?:[.,]\d+)?\s*(?:[wdhms]|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?)?)*$/i;
const CLOCK_LENGTH = /^\d{1,4}:\d{2}(?::\d{2})?(?:\s*(?:h|hrs?|hours?))?$/i;
const SPAN = /^\S.{0,80}?(?:\s*[–—-]\s*|\s(?:to|until|till)\s)\s*\S*\d/i;

const isFigure = (text: string): boolean =>
  LENGTH.test(text) || CLOCK_LENGTH.test(text) || SPAN.test(text);

/** What people write before a figure that is none to the minute. */
const ABOUT = /^(?:about|around|approximately|approx\.?|roughly|circa|some)\s+(?=\d)/i;

/** The value begins at the first word from which on everything is a figure. */
function metricAndValue(text: string): { metric: string; value: string | null } | null {
  const words = text.slice(0, 400).split(/\s+/);
  for (let place = 1; place < words.length; place += 1) {
    const metric = words
      .slice(0, place)
      .join(' ')
      .replace(/[:=,]+$/, '');
    const value = afterWord(words.slice(place).join(' '))
      .replace(/^(?:from|of)\s+(?=\S*\d)/i, '')
      .replace(ABOUT, '~');
    if (NOT_AVAILABLE.test(value)) return { metric, value: null };
    if (/^[~≈]?(?:ca\.?\s*)?\d/i.test(value) && isFigure(value.replace(/^[~≈]?(?:ca\.?\s*)?/i, '')))
      return { metric, value };
  }
  return null;
}

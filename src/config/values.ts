import { IANAZone } from 'luxon';
import { DAY, HOUR, MINUTE } from '../domain/instant.ts';
import { shown } from './problem.ts';

/** How one kind of value is written: reading, its name in a problem, and what an editor is told. */
export interface Reader<T> {
  /** Undefined when the value cannot be read. */
  readonly read: (value: unknown) => T | undefined;
  /** What it is: ends the sentence `"x" is not …`. */
  readonly is: string;
  /** A better sentence than that one, for some of what people write. */
  readonly because?: (value: unknown) => string | undefined;
  readonly fix: string;
  /** JSON Schema of what may be written. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const UNITS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: MINUTE, s: 1000 };
const DURATION = '^(?=\\d)(\\d{1,5}d)?(\\d{1,5}h)?(\\d{1,5}m)?(\\d{1,6}s)?$';

/** A reader of text that looks like `pattern`. */
export function text<T>(
  pattern: string,
  read: (match: RegExpExecArray) => T | undefined,
  rest: Omit<Reader<T>, 'read' | 'schema'> & { readonly examples: readonly string[] },
): Reader<T> {
  const shape = new RegExp(pattern);
  const { examples, ...words } = rest;
  return {
    ...words,
    read: (value) => {
      const match = typeof value === 'string' ? shape.exec(value.trim()) : null;
      return match === null ? undefined : read(match);
    },
    schema: { type: 'string', pattern, examples },
  };
}

const milliseconds = (written: string): number | undefined => {
  const parts = [...written.matchAll(/(\d+)([dhms])/g)];
  const sum = parts.reduce((all, [, n, unit]) => all + Number(n) * (UNITS[unit ?? ''] ?? 0), 0);
  return sum <= 366 * DAY ? sum : undefined;
};

const DURATION_FIX = 'write 5m, 90s, 1h30m or 7d (days are the longest unit)';

/** `0m`, `5m`, `1h30m`, `2d` in milliseconds; at most 366 days. */
export const delay: Reader<number> = text(DURATION, ([all]) => milliseconds(all), {
  is: 'a duration',
  fix: DURATION_FIX,
  examples: ['0m', '5m', '1h30m'],
});

/** A duration that takes time. */
export const duration: Reader<number> = text(DURATION, ([all]) => milliseconds(all) || undefined, {
  is: 'a duration',
  because: (value) => (delay.read(value) === 0 ? `${shown(value)} is no time at all` : undefined),
  fix: DURATION_FIX,
  examples: ['5m', '90s', '1h30m', '2d'],
});

/** `3 business days`. */
export const businessDays: Reader<number> = text(
  '^[1-9]\\d{0,2} business days?$',
  ([all]) => Number.parseInt(all, 10),
  {
    is: 'a number of business days',
    fix: 'write 3 business days',
    examples: ['1 business day', '3 business days'],
  },
);

const PERIODS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** `90 days`, `2 years`, `90d`, `2y` in milliseconds: a month has 30 days here, a year 365. */
export const period: Reader<number> = text(
  // An m alone is minutes elsewhere in the file.
  '^([1-9]\\d{0,3})( (day|week|month|year)s?|[dwy])$',
  ([, count = '', unit = '']) => Number(count) * (PERIODS[unit.trim().charAt(0)] ?? 0) * DAY,
  {
    is: 'a number of days, weeks, months or years',
    fix: 'write 90 days, 12 weeks, 6 months or 2 years (or 90d, 12w, 2y)',
    examples: ['90 days', '2 years'],
  },
);

/** `80%` as 0.8. */
export const percent: Reader<number> = text(
  '^[1-9]\\d?%$',
  ([all]) => Number.parseInt(all, 10) / 100,
  {
    is: 'a percentage between 1% and 99%',
    fix: 'write 80%',
    examples: ['80%'],
  },
);

/** A zone of the IANA database. */
export const zone: Reader<string> = text(
  '^[A-Za-z][A-Za-z0-9_+/-]*$',
  ([all]) => (IANAZone.isValidZone(all) ? all : undefined),
  {
    is: 'a time zone',
    fix: 'write an IANA name such as Europe/Amsterdam or UTC',
    examples: ['UTC', 'Europe/Amsterdam', 'America/New_York'],
  },
);

export const CHANNEL = '[CG][A-Z0-9]{2,}';
export const USER = '[UW][A-Z0-9]{1,}';
export const GROUP = 'S[A-Z0-9]{2,}';
export const WORD = '[A-Za-z][A-Za-z0-9_-]{0,39}';

/** A channel's id. */
export const channelId: Reader<string> = text(`^${CHANNEL}$`, ([all]) => all, {
  is: 'a channel id',
  fix: 'write the id that begins with C or G (in Slack: channel name, About, at the bottom)',
  examples: ['C0INCIDENTS'],
});

/** A workspace's id. */
export const workspaceId: Reader<string> = text('^T[A-Z0-9]{2,}$', ([all]) => all, {
  is: "a workspace's id",
  fix: 'write the id that begins with T (in a browser: app.slack.com/client/T…)',
  examples: ['T012ABC'],
});

/** A person's id. */
export const userId: Reader<string> = text(`^${USER}$`, ([all]) => all, {
  is: "a person's id",
  fix: 'write the id that begins with U or W (in Slack: profile, ⋮, Copy member ID)',
  examples: ['U012ABC'],
});

/** A name of something configured, an alias of a severity, or a role: something that can be typed in a command. */
export const word: Reader<string> = text(`^${WORD}$`, ([all]) => all, {
  is: 'a word that can be typed',
  fix: 'write letters, digits, - or _, beginning with a letter, at most 40',
  examples: ['sev1', 'critical'],
});

/** What Muster itself reacts with: it would take its own marks for somebody's wish. */
const OWN_REACTIONS = ['white_check_mark', 'hourglass_flowing_sand'];

/** The name of an emoji, with or without its colons. */
export const reaction: Reader<string> = text(
  "^:?[a-z0-9_+'-]{1,100}:?$",
  ([all]) => {
    const name = all.replaceAll(':', '');
    return OWN_REACTIONS.includes(name) ? undefined : name;
  },
  {
    is: 'a reaction that can be used here',
    fix: 'write the name of an emoji, such as pushpin; white_check_mark and hourglass_flowing_sand are Muster’s own',
    examples: ['pushpin', 'round_pushpin'],
  },
);

/** `true` or `false`. */
export const flag: Reader<boolean> = {
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  is: 'true or false',
  fix: 'write true or false',
  schema: { type: 'boolean' },
};

/** One of a few words. */
export const oneOf = <T extends string>(known: readonly T[]): Reader<T> => ({
  read: (value) => known.find((word) => word === value),
  is: 'a choice here',
  fix: `write ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
  schema: { enum: known },
});

/** A whole number within bounds. */
export const whole = (min: number, max: number): Reader<number> => ({
  read: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : undefined,
  is: `a whole number between ${min} and ${max}`,
  fix: `write a number such as ${Math.max(min, 2)}`,
  schema: { type: 'integer', minimum: min, maximum: max },
});

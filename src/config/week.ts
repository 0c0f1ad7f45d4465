import { DateTime } from 'luxon';
import type { Hours, Layer } from '../domain/schedules/schedule.ts';
import { shown } from './problem.ts';
import { type Reader, text } from './values.ts';

/** A moment of the week or of every day; the weekday is null where none was written. */
export type Handoff = Omit<Layer['handoff'], 'weekday'> & { readonly weekday: number | null };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WHOLE = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DAY_MINUTES = 24 * 60;

const NAME = '[A-Za-z]{3,9}';
const CLOCK = '\\d{1,2}:\\d{2}';

/** `day`, `week`, `2 weeks`, `12 hours`. */
export const every: Reader<Layer['turn']> = text(
  '^([1-9]\\d{0,2} )?(hour|day|week)s?$',
  ([, count, unit]) => {
    const known = (['hour', 'day', 'week'] as const).find((each) => each === unit);
    return known === undefined ? undefined : { unit: known, count: Number(count ?? 1) };
  },
  {
    is: 'how long a turn lasts',
    fix: 'write day, week, 2 weeks or 12 hours',
    examples: ['day', 'week', '2 weeks', '12 hours'],
  },
);

/** `Monday 09:00`, or `09:00` where turns are shorter than a week. */
export const handoff: Reader<Handoff> = text(
  `^(?:(${NAME}) )?(${CLOCK})$`,
  ([, day, clock = '']) => {
    const minutes = minutesOf(clock);
    const weekday = day === undefined ? null : weekdayNamed(day);
    if (minutes === undefined || minutes === DAY_MINUTES || weekday === undefined) return undefined;
    return { weekday, hour: Math.floor(minutes / 60), minute: minutes % 60 };
  },
  {
    is: 'a day of the week and a time',
    fix: 'write Monday 09:00, or 09:00 for turns of days or hours',
    examples: ['Monday 09:00', '09:00'],
  },
);

/** `2026-01-05`. */
export const date: Reader<string> = text(
  '^20\\d\\d-\\d\\d-\\d\\d$',
  ([all]) => (DateTime.fromISO(all, { zone: 'utc' }).isValid ? all : undefined),
  { is: 'a date', fix: 'write 2026-01-05', examples: ['2026-01-05'] },
);

/** `Mon-Fri 09:00-17:00`, `Sat-Sun` for whole days, `22:00-07:00` for every day. */
export const hours: Reader<Hours> = text(
  `^(?=\\S)((?:${NAME})(?: ?[-,] ?${NAME})*)?(?:(?:^| )(${CLOCK}) ?- ?(${CLOCK}))?$`,
  ([, days, from = '00:00', to = '24:00']) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const named = days === undefined ? EVERY_DAY : daysOf(days);
    if (begin === undefined || end === undefined || named === undefined) return undefined;
    return begin === DAY_MINUTES ? undefined : { days: named, from: begin, to: end };
  },
  {
    is: 'days and hours',
    because: (written) => unknownDay(written),
    fix: 'write Mon-Fri 09:00-17:00, Sat-Sun or 22:00-07:00',
    examples: ['Mon-Fri 09:00-17:00', 'Sat-Sun', '22:00-07:00'],
  },
);

/** Numbers of weekdays, in order, each once; `Fri-Mon` goes over the weekend. */
function daysOf(written: string): readonly number[] | undefined {
  const days = written.split(',').flatMap((part): (number | undefined)[] => {
    const [first = '', last = first] = part.split('-');
    const [from, to] = [weekdayNamed(first), weekdayNamed(last)];
    if (from === undefined || to === undefined || part.split('-').length > 2) return [undefined];
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, n) => ((from - 1 + n) % 7) + 1);
  });
  const known = days.filter((day) => day !== undefined);
  if (known.length < days.length) return undefined;
  return [...new Set(known)].toSorted((a, b) => a - b);
}

/** 1 for Monday: `mon`, `Monday`. */
function weekdayNamed(word: string): number | undefined {
  const written = word.trim().toLowerCase();
  const index = written.length === 3 ? WEEKDAYS.indexOf(written) : WHOLE.indexOf(written);
  return index < 0 ? undefined : index + 1;
}

function minutesOf(clock: string): number | undefined {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= DAY_MINUTES ? minutes : undefined;
}

function unknownDay(written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  const wrong = written.match(/[A-Za-z]+/g)?.find((day) => weekdayNamed(day) === undefined);
  return wrong === undefined ? undefined : `${shown(wrong)} is not a day of the week`;
}

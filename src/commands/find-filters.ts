import { addressed } from '../domain/addressed.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import type { Search } from '../domain/search.ts';
import type { Settings } from '../domain/settings.ts';
import { saysSince } from '../domain/time/since.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { isKind, KINDS, type Kind, STATUSES, type Status } from '../domain/words.ts';
import type { ParseContext } from './command.ts';
import type { Part } from './find-words.ts';
import { nearest } from './nearest.ts';
import { leadingMention, readable } from './slack-tokens.ts';
import { kindNamed } from './tags.ts';

type Filters = { -readonly [Key in keyof Omit<Search, 'terms'>]: Search[Key] };

/** The filters, and the parts that are none. */
export interface Filtered {
  readonly filters: Omit<Search, 'terms'>;
  readonly rest: readonly Part[];
}

const OPEN: readonly Status[] = STATUSES.filter((one) => one !== 'resolved' && one !== 'cancelled');
/** Words that are a filter as they stand; other statuses are words until `status:` precedes them. */
const BARE_STATUSES: Readonly<Record<string, readonly Status[]>> = {
  open: OPEN,
  resolved: ['resolved'],
  closed: ['resolved', 'cancelled'],
  cancelled: ['cancelled'],
};
/** How many words after `since` may be a time. */
const LONGEST_TIME = 6;

interface Reading {
  readonly parts: readonly Part[];
  readonly place: number;
  readonly filters: Filters;
  readonly context: ParseContext;
}

/** How many parts were a filter: 0 for none, or why it is not one that could be meant. */
type Taken = Result<number>;

const none: Taken = ok(0);

/** Takes the filters out; quotes make a word of any of them. */
export function filtersIn(parts: readonly Part[], context: ParseContext): Result<Filtered> {
  const filters: Filters = {
    severities: [],
    statuses: [],
    kinds: [],
    by: null,
    since: null,
    within: null,
    drills: false,
  };
  const rest: Part[] = [];
  for (let place = 0; place < parts.length; ) {
    const part = parts[place];
    if (part === undefined) break;
    const taken = part.quoted || part.not ? none : take({ parts, place, filters, context });
    if (!taken.ok) return taken;
    if (taken.value === 0) rest.push(part);
    place += Math.max(1, taken.value);
  }
  return ok({ filters, rest });
}

function take(reading: Reading): Taken {
  for (const filter of [takeNamed, takeBare, takeMention, takeSince, takeWithin]) {
    const taken = filter(reading);
    if (!taken.ok || taken.value > 0) return taken;
  }
  return none;
}

const textAt = ({ parts, place }: Reading, after = 0): string => {
  const part = parts[place + after];
  return part === undefined || part.quoted || part.not ? '' : part.text;
};

/** `kind:cause`, and the same with a space after the colon. */
function takeNamed(reading: Reading): Taken {
  const [, name = '', close] =
    /^(kind|by|sev|severity|status|in|since):(.*)$/i.exec(textAt(reading)) ?? [];
  if (name === '') return none;
  const value = close === undefined || close === '' ? textAt(reading, 1) : close;
  const used = close === '' ? 2 : 1;
  const put = NAMED[name.toLowerCase()];
  if (put === undefined || value === '') return refuse(`${name}: needs a value.`, EXAMPLE);
  const wrong = put(readable(value), value, reading);
  return wrong ?? ok(used);
}

const EXAMPLE = 'find sev1 pool kind:cause';

type Put = (shown: string, value: string, reading: Reading) => Taken | null;

const NAMED: Readonly<Record<string, Put>> = {
  kind: putKind,
  by: (_, value, { filters, context }) => {
    const id = personIn(value, context);
    if (id === null) return refuse('by: needs a person: mention them, or type me.', 'find by:me');
    filters.by = id;
    return null;
  },
  sev: putSeverity,
  severity: putSeverity,
  status: (shown, _, { filters }) => {
    const word = shown.toLowerCase();
    const named = Object.hasOwn(BARE_STATUSES, word) ? BARE_STATUSES[word] : undefined;
    const own = named ?? STATUSES.filter((one) => one === word);
    if (own.length === 0) return unknown('status', shown, [...STATUSES, 'open']);
    filters.statuses = [...filters.statuses, ...own];
    return null;
  },
  in: (shown, _, { filters }) => {
    const { address, rest } = addressed(shown);
    if (address === null || rest !== '')
      return refuse('in: needs a number.', 'find in:42 rollback');
    putAddress(address, filters);
    return null;
  },
  since: (_, value, { filters }) => {
    if (!saysSince(value)) return refuse('since: needs a day or a time.', 'find since:yesterday');
    filters.since = value;
    return null;
  },
};

function putKind(shown: string, _: string, { filters }: Reading): Taken | null {
  const kind = kindNamed(shown.replace(/^#/, ''));
  if (kind === null) return unknown('kind', shown, KINDS);
  addKind(filters, kind);
  return null;
}

function addKind(filters: Filters, kind: Kind): void {
  filters.kinds = [...new Set([...filters.kinds, kind])];
}

function putSeverity(shown: string, _: string, { filters, context }: Reading): Taken | null {
  const { severities } = context.settings;
  const word = shown.toLowerCase();
  const named = severities.find(
    ({ name, aliases }) =>
      name.toLowerCase() === word || aliases.some((alias) => alias.toLowerCase() === word),
  );
  if (named === undefined) {
    return unknown(
      'severity',
      shown,
      severities.map(({ name }) => name),
    );
  }
  filters.severities = [...filters.severities, named.name];
  return null;
}

function unknown(what: string, typed: string, known: readonly string[]): Taken {
  const meant = nearest(typed, known) ?? known[0] ?? '';
  const list = known.join(', ');
  const reason = `There is no ${what} “${oneLine(typed, 40)}”. There are: ${list}.`;
  return refuse(reason, `find ${what === 'severity' ? 'sev' : what}:${meant}`);
}

/** A severity, `open` and the like, `drills`, a `#kind`. */
function takeBare(reading: Reading): Taken {
  const { filters, context } = reading;
  const word = readable(textAt(reading)).toLowerCase();
  const statuses = Object.hasOwn(BARE_STATUSES, word) ? BARE_STATUSES[word] : undefined;
  const severity = severityNamed(word, context.settings);
  const tag = word.startsWith('#') ? word.slice(1) : '';
  if (statuses !== undefined) filters.statuses = [...filters.statuses, ...statuses];
  else if (severity !== null) filters.severities = [...filters.severities, severity];
  else if (word === 'drills') filters.drills = true;
  else if (isKind(tag)) addKind(filters, tag);
  else return none;
  return ok(1);
}

/** By its name; by an alias only where it has a digit: `high latency` and `critical path` are words. */
function severityNamed(word: string, { severities }: Settings): string | null {
  const named = severities.find(
    ({ name, aliases }) =>
      name.toLowerCase() === word ||
      aliases.some((alias) => /\d/.test(alias) && alias.toLowerCase() === word),
  );
  return named?.name ?? null;
}

/** `by @ana`, `by me`, or the mention alone. */
function takeMention(reading: Reading): Taken {
  const { filters, context } = reading;
  const led = /^by$/i.test(textAt(reading));
  const id = personIn(textAt(reading, led ? 1 : 0), led ? context : null);
  if (id === null) return none;
  filters.by = id;
  return ok(led ? 2 : 1);
}

function personIn(text: string, context: ParseContext | null): string | null {
  if (context !== null && /^me$/i.test(text)) return context.actor;
  const found = leadingMention(text);
  return found?.mention.type === 'user' && found.rest === '' ? found.mention.id : null;
}

/** `since` counts only when a time follows: the longest run of words that is one. */
function takeSince(reading: Reading): Taken {
  if (!/^since$/i.test(textAt(reading))) return none;
  for (let words = LONGEST_TIME; words > 0; words -= 1) {
    const texts = Array.from({ length: words }, (_, n) => textAt(reading, n + 1));
    const typed = texts.join(' ').trim();
    if (texts.includes('') || !saysSince(typed)) continue;
    reading.filters.since = typed;
    return ok(words + 1);
  }
  return none;
}

/** `in INC-42`: a bare figure after `in` is a word. */
function takeWithin(reading: Reading): Taken {
  if (!/^in$/i.test(textAt(reading))) return none;
  const { address, rest } = addressed(textAt(reading, 1));
  if (address === null || rest !== '' || !/^\D/.test(textAt(reading, 1))) return none;
  putAddress(address, reading.filters);
  return ok(2);
}

function putAddress(
  { number, drill }: NonNullable<ReturnType<typeof addressed>['address']>,
  filters: Filters,
): void {
  filters.within = number;
  if (drill) filters.drills = true;
}

import { ok, type Result, refuse } from '../domain/result.ts';
import { AUTHOR, OWNER } from '../domain/task.ts';
import { change, type Intent } from './command.ts';
import { anyUser, readable } from './slack-tokens.ts';

const ROLES: Readonly<Record<string, string>> = { owner: OWNER, author: AUTHOR };

const PERSON = 'Name the person with @ and pick them from the list that Slack offers.';

/** The person that a text names alone: `@ana`, or `me`. */
function personIn(typed: string, actor: string): string | null {
  const text = typed.trim().replace(/^(?:to|by|from)\s+/i, '');
  if (text.toLowerCase() === 'me') return actor;
  const found = anyUser(text);
  return found === null || found.before !== '' || found.rest !== '' ? null : found.id;
}

function given(role: string, verb: string, rest: string, actor: string): Result<Intent> {
  const user = personIn(rest, actor);
  if (user === null) return refuse(PERSON, `postmortem ${verb} me`);
  return ok(change({ type: 'role', role, user, note: null }));
}

function asked(rest: string, actor: string): Result<Intent> {
  if (rest === '') return ok(change({ type: 'postmortem review', user: null }));
  const user = personIn(rest, actor);
  if (user !== null) return ok(change({ type: 'postmortem review', user }));
  // A review is a meeting too, and that has a time.
  if (/\d|day|week/i.test(rest)) {
    return refuse(
      'When the postmortem is gone through together is a field of the record.',
      `set review ${readable(rest).slice(0, 100)}`,
    );
  }
  return refuse(PERSON, 'postmortem review');
}

/** The other incidents of the report: `41`, `INC-41 and #43`, or `none`. */
function together(rest: string): Result<Intent> {
  if (/^(?:none|nothing|nobody|only this)$/i.test(rest.trim())) {
    return ok(change({ type: 'postmortem with', numbers: [] }));
  }
  const words = rest.split(/[\s,;+&]+/).filter((word) => word !== '' && !/^and$/i.test(word));
  const found = words.map((word) => /^(?:inc-|drill-|#)?(\d{1,9})$/i.exec(word)?.[1]);
  const numbers = found.map(Number);
  if (words.length > 0 && numbers.every((number) => number > 0)) {
    return ok(change({ type: 'postmortem with', numbers: [...new Set(numbers)] }));
  }
  const known = numbers.filter((number) => number > 0);
  return refuse(
    'Name the other incidents of the report by their numbers.',
    `postmortem with ${known.length === 0 ? '41' : known.join(' ')}`,
  );
}

/** Who does it, by when, and how far it is; null for a verb that says nothing of this. */
export function taskAsked(verb: string, rest: string, actor: string): Result<Intent> | null {
  const role = Object.hasOwn(ROLES, verb) ? ROLES[verb] : undefined;
  if (role !== undefined) return given(role, verb, rest, actor);
  if (verb === 'review') return asked(rest, actor);
  if (verb === 'with') return together(rest);
  if (verb === 'reviewed') return ok(change({ type: 'postmortem reviewed' }));
  if (verb !== 'due') return null;
  if (rest === '') return refuse('By when is it due?', 'postmortem due Friday');
  return ok(change({ type: 'postmortem due', due: readable(rest) }));
}

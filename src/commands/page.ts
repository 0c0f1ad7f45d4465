import { ok, type Result, refuse } from '../domain/result.ts';
import { type Settings, type Target, targetName } from '../domain/settings.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { change, defineCommand, form, type Intent } from './command.ts';
import { nearest } from './nearest.ts';
import { leadingMention, type Mention, readable } from './slack-tokens.ts';
import { bare, firstWord } from './words-in.ts';

/** Pings somebody now. */
export const page = defineCommand({
  name: 'page',
  aliases: [],
  usage: ['page <@person, @group, schedule, policy, channel> [reason]'],
  example: 'page <@U012ABCDEF|ana> the database is yours',
  summary: 'Pings people, a group or whoever is on call now. Asks first when they are many.',
  about: 'incident',

  parse(rest, { settings }) {
    return rest.trim() === '' ? ok(form('escalate')) : paged(rest, settings, 'page');
  },
});

/** Goes up a level. */
export const escalate = defineCommand({
  name: 'escalate',
  aliases: [],
  usage: ['escalate', 'escalate <@person, @group, schedule, policy> [reason]'],
  example: 'escalate',
  summary: 'Pings the next level of the policy now.',
  about: 'incident',

  parse(rest, { settings }) {
    const text = rest.trim().replace(/^(?:now|to)(?=\s|$)\s*/i, '');
    return text === '' ? ok(change({ type: 'escalate' })) : paged(text, settings, 'escalate');
  },
});

/** Behind it nothing is read as a name any more: `page platform -- policy and plan are wrong`. */
export const REASON_FOLLOWS = '--';

function paged(text: string, settings: Settings, verb: 'page' | 'escalate'): Result<Intent> {
  const targets: Target[] = [];
  let rest = text.trim();
  for (let found = leadingTargets(rest, settings); found !== null; ) {
    if ('ambiguous' in found) return askWhich(found);
    targets.push(...found.targets.filter((target) => !includes(targets, target)));
    rest = found.rest;
    found = rest === '' ? null : namedNext(rest, settings);
  }
  if (targets.length === 0) return refuseTarget(text, settings, verb);
  const said = rest.startsWith(REASON_FOLLOWS) ? rest.slice(REASON_FOLLOWS.length).trim() : rest;
  const reason = said === '' ? null : readable(said);
  return ok(change({ type: 'page', targets, reason, confirmed: false }));
}

const includes = (targets: readonly Target[], target: Target): boolean =>
  targets.some((known) => JSON.stringify(known) === JSON.stringify(target));

const targetOf = ({ type, id }: Mention): Target => {
  if (type === 'channel') return { type: 'channel', id };
  return { type: type === 'group' ? 'usergroup' : 'user', id };
};

/** After the first target a bare word is the beginning of the reason, unless its sort is named. */
function namedNext(text: string, settings: Settings): Leading | null {
  const { word } = firstWord(text);
  const isNamed = /^(?:<|@|and\s+<)/i.test(text) || SORTS.some((sort) => sort === bare(word));
  return isNamed ? leadingTargets(text, settings) : null;
}

/** What a text begins with: targets and the rest, or words that may mean several. */
type Leading =
  | { readonly targets: readonly Target[]; readonly rest: string }
  | { readonly ambiguous: readonly Target[]; readonly word: string; readonly rest: string };

function leadingTargets(text: string, settings: Settings): Leading | null {
  const mentioned = leadingMention(text.replace(/^and\s+(?=<)/i, ''));
  if (mentioned !== null) return { targets: [targetOf(mentioned.mention)], rest: mentioned.rest };
  const { word, rest } = firstWord(text);
  if (/^@?(?:channel|here|everyone)$/.test(bare(word)))
    return { targets: [{ type: 'channel', id: null }], rest };
  if (/^on-?call$/i.test(bare(word))) return among(schedulesOf(settings), word, rest);
  const sort = SORTS.find((each) => each === bare(word));
  if (sort !== undefined) {
    const named = firstWord(rest);
    const found = systemsNamed(named.word, settings).filter(({ type }) => type === sort);
    if (found.length > 0) return { targets: found, rest: named.rest };
  }
  return among(systemsNamed(word, settings), word, rest);
}

/** What may be named besides people; the word itself tells two of the same name apart. */
const SORTS = ['schedule', 'policy', 'webhook'] as const;

const schedulesOf = ({ schedules }: Settings): readonly Target[] =>
  Object.keys(schedules).map((name) => ({ type: 'schedule', name }));

function systemsNamed(word: string, settings: Settings): readonly Target[] {
  const named = (records: Readonly<Record<string, unknown>>): readonly string[] =>
    Object.keys(records).filter((name) => name.toLowerCase() === bare(word));
  return [
    ...named(settings.schedules).map((name) => ({ type: 'schedule', name }) as const),
    ...named(settings.policies).map((name) => ({ type: 'policy', name }) as const),
    ...named(settings.webhooks).map((name) => ({ type: 'webhook', name }) as const),
  ];
}

function among(found: readonly Target[], word: string, rest: string): Leading | null {
  if (found.length === 0) return null;
  return found.length === 1 ? { targets: found, rest } : { ambiguous: found, word, rest };
}

/** A name that is a schedule and a policy: whoever typed it says which, with one press. */
function askWhich({
  ambiguous,
  word,
  rest,
}: Extract<Leading, { ambiguous: unknown }>): Result<Intent> {
  const choices = ambiguous.slice(0, 5).map((target) => {
    const [type, name = ''] = targetName(target).split(/:(.*)/s);
    const command = ['page', type, name, rest].filter((part) => part !== '').join(' ');
    const label = type === 'schedule' ? `Whoever is on call in ${name}` : `The ${type} ${name}`;
    return { label, command };
  });
  const [first] = choices;
  return {
    ok: false,
    refusal: {
      reason: `“${bare(word)}” means more than one. Which do you mean?`,
      ...(first === undefined ? {} : { example: first.command }),
      choices,
    },
  };
}

function refuseTarget(text: string, settings: Settings, verb: string): Result<Intent> {
  const named = ['schedules', 'policies', 'webhooks'] as const;
  const known = named.flatMap((part) => {
    const names = Object.keys(settings[part]).slice(0, 5);
    return names.length === 0 ? [] : [` ${sentence(part)}: ${names.join(', ')}.`];
  });
  const { who, meant } = meantBy(text.trim(), settings);
  return refuse(
    `I cannot tell who “${oneLine(readable(who), 60)}” is. Pick a person or group from the list that Slack offers after @, or name a schedule or policy.${known.join('')}`,
    oneLine(`${verb} ${readable(meant)}`, 200),
  );
}

/** Words that begin a reason, or mean nobody in particular. */
const NO_NAME =
  /^(?:an?|the|our|my|all|any(?:body|one)|every(?:body|one)|some(?:body|one)|in|on|for|to|is|it|now|please|because)$/i;

/** Whom a line failed to name, and the line as it was probably meant. */
function meantBy(text: string, settings: Settings): { who: string; meant: string } {
  const { word, rest } = firstWord(text);
  const sort = SORTS.find((each) => each === bare(word));
  const named = sort === undefined ? { word, rest } : firstWord(rest);
  const near = nearSystem(named.word, sort, settings);
  const who = sort === undefined ? word : `${word} ${named.word}`.trim();
  if (near !== null) return { who, meant: `${near} ${named.rest}`.trim() };
  const isName = /^@?\p{L}/u.test(word) && !NO_NAME.test(bare(word)) && sort === undefined;
  const isReason = !isName && !word.startsWith('@');
  if (isReason) return { who, meant: `@somebody ${sort === undefined ? text : named.rest}`.trim() };
  return { who, meant: word.startsWith('@') ? `@somebody ${rest}`.trim() : `@${text}` };
}

/** The name that was mistyped, with its sort where that was typed too or tells two apart. */
function nearSystem(word: string, sort: string | undefined, settings: Settings): string | null {
  const { schedules, policies, webhooks } = settings;
  const names = [
    ...(sort === undefined || sort === 'schedule' ? Object.keys(schedules) : []),
    ...(sort === undefined || sort === 'policy' ? Object.keys(policies) : []),
    ...(sort === undefined || sort === 'webhook' ? Object.keys(webhooks) : []),
  ];
  const found = nearest(bare(word.replace(/^@/, '')), names);
  if (found === null) return null;
  const [first, another] = systemsNamed(found, settings);
  const told = sort ?? (another === undefined ? undefined : first?.type);
  return told === undefined ? found : `${told} ${found}`;
}

const sentence = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

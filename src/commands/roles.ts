import { COMMANDER } from '../domain/incident.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { change, defineCommand, form, type Intent } from './command.ts';
import { anyUser, readable } from './slack-tokens.ts';
import { firstWord, lastWord } from './words-in.ts';

const COMMANDERS = ['', 'lead', 'commander', 'incident commander', 'ic', 'incident lead'];

const roleNamed = (words: string): string => {
  const role = words
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?:^| )(?:to|is)$|[:,]+$/, '')
    .trim();
  return COMMANDERS.includes(role) ? COMMANDER : role;
};

const assign = (role: string, user: string, note: string): Result<Intent> =>
  ok(change({ type: 'role', role, user, note: note === '' ? null : readable(note) }));

/** A name that Slack did not turn into a mention belongs to nobody that Muster could tell. */
function refusePerson(
  text: string,
  example: string,
  verb?: 'lead' | 'role' | 'handoff',
): Result<Intent> {
  const words = text.trim() === '' ? [] : text.trim().split(/\s+/);
  const name = words.find((word) => word.startsWith('@'));
  const guessed = words.every((word) => /^\p{L}[\p{L}\d._-]{0,30}$/u.test(word));
  const meant = verb === undefined || !guessed ? null : withPerson(verb, words);
  return refuse(
    name === undefined
      ? 'Name the person with @ and pick them from the list that Slack offers.'
      : `I cannot tell who ${name.slice(0, 60)} is. Pick the person from the list that Slack offers after @.`,
    meant === null ? example : oneLine(`${verb} ${readable(meant)}`, 200),
  );
}

/** The line with its last word as the person: `role comms bo` is about Bo. Null where that is no guess to make. */
function withPerson(verb: 'lead' | 'role' | 'handoff', words: readonly string[]): string | null {
  const last = words.at(-1);
  if (last === undefined || words.length > (verb === 'role' ? 3 : 1)) return null;
  if (verb === 'role' && words.length === 1) return `${last} @somebody`;
  return [...words.slice(0, -1), `@${last}`].join(' ');
}

/** Takes or gives command. */
export const lead = defineCommand({
  name: 'lead',
  aliases: ['commander'],
  usage: ['lead <@person>', 'lead me'],
  example: 'lead me',
  summary: 'Makes somebody the commander, who is sent the briefing.',
  about: 'incident',

  parse(rest, { actor }) {
    const { word, rest: note } = firstWord(rest);
    if (word === '') return assign(COMMANDER, actor, '');
    if (word.toLowerCase() === 'me') return assign(COMMANDER, actor, note);
    const found = anyUser(rest);
    if (found === null || found.before !== '') return refusePerson(rest, this.example, 'lead');
    return assign(COMMANDER, found.id, found.rest);
  },
});

/** Gives any role. */
export const role = defineCommand({
  name: 'role',
  aliases: ['assign'],
  usage: ['role <role> <@person>', 'role <role> me', 'role'],
  example: 'role scribe me',
  summary: 'Gives somebody a role: scribe, comms, or any word of yours.',
  about: 'incident',

  parse(rest, { actor }) {
    if (rest.trim() === '') return ok(form('role'));
    const { before, word } = lastWord(rest);
    // `role scribe @ana call me` is a role of Ana's, with a note.
    if (word.toLowerCase() === 'me' && before.length <= 80 && anyUser(before) === null)
      return assign(roleNamed(before), actor, '');
    const found = anyUser(rest);
    if (found === null) return refusePerson(rest, this.example, 'role');
    if (found.before.length > 80)
      return refuse('The name of a role is a word or two.', this.example);
    // `role @ana scribe`: the role stands after the person.
    if (found.before === '' && found.rest !== '' && found.rest.length <= 80)
      return assign(roleNamed(found.rest), found.id, '');
    return assign(roleNamed(found.before), found.id, found.rest);
  },
});

/** Gives command to somebody else. */
export const handoff = defineCommand({
  name: 'handoff',
  aliases: [],
  usage: ['handoff <@person> [note]'],
  example: 'handoff <@U012ABCDEF|ana> rollback is half way, next check at 15:30',
  summary: 'Hands command over, with a note. The new commander is sent the briefing.',
  about: 'incident',

  parse(rest) {
    const text = rest.trim().replace(/^to\s+/i, '');
    const found = anyUser(text);
    if (found === null || found.before.length > 80)
      return refusePerson(rest, this.example, 'handoff');
    return assign(roleNamed(found.before), found.id, found.rest);
  },
});

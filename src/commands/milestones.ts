import type { Action, TypedWhen } from '../domain/action.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { change, defineCommand, type Intent } from './command.ts';
import { readable } from './slack-tokens.ts';
import { isTime, timeThenText, trailingTime, UNTIMED, withoutTime } from './when.ts';
import { entryPointed } from './words-in.ts';

/** When it was noticed, and by what. */
export const detected = defineCommand({
  name: 'detected',
  aliases: [],
  usage: ['detected [<time>] [by <whom or what>] [: <text>]', 'detected #<n>'],
  example: 'detected 14:35 by alert: p99 above 2 s',
  summary: 'Sets when it was noticed, and by what.',
  about: 'incident',
  parse: (rest) => milestoneTyped('detected', rest),
});

/** When users were fine again, and by what. */
export const mitigated = defineCommand({
  name: 'mitigated',
  aliases: [],
  usage: ['mitigated [<time>] [by <whom or what>] [: <text>]', 'mitigated #<n>'],
  example: 'mitigated 15:02 by rolling back',
  summary: 'Sets when the effect on users was stopped, and by what.',
  about: 'incident',
  parse: (rest) => milestoneTyped('mitigated', rest),
});

type Milestone = Extract<Action, { type: 'milestone' }>['milestone'];

/** `detected #7`: the milestone is the moment of an entry that is there already. */
export const pointTo = (milestone: Milestone, entry: number): Intent =>
  change({ type: 'milestone', milestone, when: null, by: null, text: null, entry });

/** `[<time>] [by <…>] [text]`; `by` ends at the first comma, colon, semicolon or line break. */
function milestoneTyped(milestone: 'detected' | 'mitigated', rest: string): Result<Intent> {
  const pointed = entryPointed(rest);
  if (pointed !== null) return ok(pointTo(milestone, pointed));
  if (/^\d{1,3}$/.test(rest.trim())) return refuseNumber(milestone, rest.trim());
  const { when, rest: said } = timeAround(rest.trim());
  const [, by, text] = /^by\s+([^,:;\n]+)([\s\S]*)$/i.exec(said) ?? [];
  const more = (by === undefined ? said : (text ?? '')).replace(/^[\s,:;]+/, '');
  return ok(
    change({
      type: 'milestone',
      milestone,
      when,
      by: by === undefined ? null : readable(by).trim(),
      text: more === '' ? null : readable(more),
    }),
  );
}

/** A number alone may be an entry or a clock, and either would move a figure: asked, not guessed. */
function refuseNumber(milestone: Milestone, figure: string): Result<Intent> {
  return refuse(
    `Is ${figure} an entry or a time? Write #${figure} for the entry, or a time with its minutes.`,
    `${milestone} #${figure}`,
  );
}

/** The time stands first, before `by`, or last after `at`. */
function timeAround(text: string): { when: TypedWhen; rest: string } {
  const by = /(?:^|\s)by\s/i.exec(text);
  const head =
    by === null
      ? ''
      : text
          .slice(0, by.index)
          .trim()
          .replace(/^at\s+/i, '');
  if (by !== null && isTime(head))
    return { when: withoutTime(head) === '' ? UNTIMED : head, rest: text.slice(by.index).trim() };
  const first = timeThenText(text);
  if (first.when !== null) return { when: first.when, rest: first.text ?? '' };
  const last = trailingTime(text, 'at');
  return last === null ? { when: null, rest: text } : { when: last.when, rest: last.before };
}

import { ok, type Result, refuse } from '../domain/result.ts';
import { actionChange } from './action-change.ts';
import { actionListIn } from './action-list.ts';
import { actionOptions } from './action-options.ts';
import { change, defineCommand, form, type Intent } from './command.ts';
import { readable } from './slack-tokens.ts';
import { firstWord } from './words-in.ts';

/** Records a follow-up, or ticks one off. */
export const action = defineCommand({
  name: 'action',
  aliases: ['task', 'todo', 'followup'],
  usage: [
    'action <text> [@owner] [due <date>] [ref A,B] [for c2] [#corrective, #preventive, #done]',
    'action done <n>',
    'action <n> tracker JIRA-1 OPS-2',
    'action <n> <due <date>, @owner, for c2, in progress, open>',
    'action drop <n> <reason>',
    'action list [mine] [overdue]',
    'action',
  ],
  example: 'action Run migrations in batches due Friday ref OPS-12 for c1 #preventive',
  summary: 'Records a follow-up with its owner and due date, changes one, or ticks it off.',
  about: 'incident',

  parse(rest) {
    if (rest.trim() === '') return ok(form('action'));
    const written = NEW.exec(rest.trim());
    if (written !== null) return recorded(written[1] ?? '', this.example);
    const listed = actionListIn(rest);
    if (listed !== null) return ok(listed);
    const done = doneNumber(rest);
    if (done !== null) return ok(change({ type: 'action done', item: done }));
    if (/^done$/i.test(rest.trim()))
      return refuse('Say which one is done, by its number.', 'action done 2');
    const changed = actionChange(rest);
    if (changed !== null) return changed.ok ? ok(change(changed.value)) : changed;
    return recorded(rest, this.example);
  },
});

/** What somebody wrote into a form is never a list, nor a change of another one: `Drop 3 old tables`. */
const NEW = /^new:\s*([\s\S]*)$/i;

function recorded(typed: string, example: string): Result<Intent> {
  const { text, due, ...item } = actionOptions(typed);
  if (text === '') return refuse('Say what is to be done.', example);
  return ok(change({ type: 'action item', text: readable(text), item, due }));
}

/** `done 2`, `done a2`, `a2 done`: nothing else may follow, or it is a text. */
function doneNumber(rest: string): number | null {
  const words = rest.trim().toLowerCase();
  const [, after, before] =
    /^(?:done\s+[a#]?(\d{1,6})|(?:a|#)(\d{1,6})\s+(?:is\s+)?done)\.?$/.exec(words) ?? [];
  const item = Number(after ?? before ?? 0);
  return item === 0 || firstWord(words).word === '' ? null : item;
}

import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { pointTo } from './milestones.ts';
import { readable } from './slack-tokens.ts';
import { leadingTime, timeThenText } from './when.ts';
import { afterWord, bare, entryPointed, firstWord } from './words-in.ts';

const MOMENTS: Readonly<Record<string, 'impact started' | 'impact ended'>> = {
  started: 'impact started',
  start: 'impact started',
  began: 'impact started',
  ended: 'impact ended',
  end: 'impact ended',
  over: 'impact ended',
};

/** When the impact began and ended, and what it was. */
export const impact = defineCommand({
  name: 'impact',
  aliases: [],
  usage: ['impact started [<time>]', 'impact ended [<time>]', 'impact <who, what, how many>'],
  example: 'impact started 14:31',
  summary: 'Sets when the impact began or ended, or records an effect.',
  about: 'incident',

  parse(text) {
    const { word, rest } = firstWord(text);
    if (word === '') return refuse('Say when it began or ended, or whom it affects.', this.example);
    const moment = momentNamed(word, rest);
    if (moment !== null) {
      const pointed = entryPointed(rest);
      if (pointed !== null) return ok(pointTo(moment, pointed));
      const { when, text: typed } = timeThenText(afterWord(rest));
      const said = typed === null ? null : readable(typed);
      return ok(change({ type: 'milestone', milestone: moment, when, by: null, text: said }));
    }
    const effect = leadingTime(text);
    if (effect.text === '') return refuse('Say whom it affects, and how.', this.example);
    return ok(change({ type: 'effect', when: effect.when, text: readable(effect.text) }));
  },
});

/** `start` and `end` also begin sentences (“end users see errors”): they need a time or nothing after them. */
function momentNamed(word: string, rest: string): 'impact started' | 'impact ended' | null {
  const key = bare(word);
  const moment = Object.hasOwn(MOMENTS, key) ? MOMENTS[key] : undefined;
  if (moment === undefined) return null;
  if (key === 'started' || key === 'ended' || rest === '') return moment;
  if (entryPointed(rest) !== null) return moment;
  return timeThenText(afterWord(rest)).when === null ? null : moment;
}

/** Partial recovery. */
export const restored = defineCommand({
  name: 'restored',
  aliases: [],
  usage: ['restored <n>% [<time>]'],
  example: 'restored 80% 15:20',
  summary: 'Records how much works again.',
  about: 'incident',

  parse(text) {
    const [found, figure] = /^(\d{1,3}(?:[.,]\d{1,3})?)\s*[%％]?(?=\s|$|,)/.exec(text.trim()) ?? [];
    const percent = Number(figure?.replace(',', '.') ?? Number.NaN);
    if (found === undefined || !(percent >= 0 && percent <= 100))
      return refuse('Say how much works again, from 0% to 100%.', this.example);
    const rest = text
      .trim()
      .slice(found.length)
      .replace(/^[\s,;]+/, '');
    const { when, text: more } = timeThenText(rest);
    if (more !== null)
      return refuse(
        'After the figure only a time can follow. Log the rest as an entry.',
        this.example,
      );
    return ok(change({ type: 'restored', percent, when }));
  },
});

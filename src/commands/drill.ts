import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand, read } from './command.ts';
import { refuseSeverity, severityAtStart } from './open.ts';
import { readable } from './slack-tokens.ts';
import { afterWord, bare, firstWord } from './words-in.ts';

/** What a drill is called when nobody says. */
const UNTITLED = 'Exercise';

/** What looks like a severity and is none. */
const LIKE_SEVERITY = /^(?:sev|p)\d+$/;

/** Practises an incident. */
export const drill = defineCommand({
  name: 'drill',
  aliases: ['exercise'],
  usage: ['drill [<severity>] <title>'],
  example: 'drill sev1 Checkout fails for EU customers',
  summary:
    'Practises an incident: the same rules, much faster, and nobody outside its channel is pinged.',
  about: 'workspace',

  parse(rest, { settings }) {
    const text = rest.trim();
    if (text === '') return refuse('Which severity is to be practised?', this.example);
    const named = severityAtStart(text, settings);
    const first = bare(firstWord(text).word);
    if (named === null && LIKE_SEVERITY.test(first)) {
      const behind = firstWord(text).rest || UNTITLED;
      return refuseSeverity(first, settings, 'drill', behind);
    }
    const title = readable(afterWord(named?.rest ?? text)).trim() || UNTITLED;
    const severity = named?.name ?? null;
    return ok(change({ type: 'open', title, severity, private: false, since: null, drill: true }));
  },
});

/** Who would be pinged when. */
export const preview = defineCommand({
  name: 'preview',
  aliases: [],
  usage: ['preview <severity>', 'preview'],
  example: 'preview sev1',
  summary: 'Shows who would be pinged when, if an incident of that severity were opened now.',
  about: 'workspace',

  parse(rest, { settings }) {
    const text = rest.trim();
    if (text === '' || bare(text) === 'all') return ok(read({ type: 'preview', severity: null }));
    const named = severityAtStart(text, settings);
    if (named === null) return refuseSeverity(firstWord(text).word, settings, 'preview');
    return ok(read({ type: 'preview', severity: named.name }));
  },
});

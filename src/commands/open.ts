import { ok, type Result, refuse } from '../domain/result.ts';
import { type Settings, severityNamed } from '../domain/settings.ts';
import { change, defineCommand, form, type Intent, type ParseContext } from './command.ts';
import { readable } from './slack-tokens.ts';
import { isTime, trailingTime } from './when.ts';
import { afterWord, bare, firstWord } from './words-in.ts';

/** Declares an incident. */
export const open = defineCommand({
  name: 'open',
  aliases: ['declare', 'new', 'create', 'start'],
  usage: ['open [<severity>] [private:] <title> [since <time>]', 'open'],
  example: 'open sev1 Checkout fails for EU customers since 14:31',
  summary: 'Declares an incident: channel, card, escalation. Without a title: the form.',
  about: 'workspace',

  parse(rest, { settings }) {
    const { severity, isPrivate, title: typed, unknown } = openingWords(rest, settings);
    if (unknown !== null) {
      const { rest: behind } = firstWord(typed);
      return refuseSeverity(unknown, settings, 'open', behind.trim() || 'What is broken');
    }
    const since = trailingTime(typed, 'since');
    const title = readable(since?.before ?? typed).trim();
    if (title === '') return ok(form('declare'));
    return ok(
      change({ type: 'open', title, severity, private: isPrivate, since: since?.when ?? null }),
    );
  },
});

const PRIVATE = /^private:\s*/i;

/** `[sev] [private:]`, in either order. */
function openingWords(text: string, settings: Settings) {
  let title = text.trim();
  const isPrivate = PRIVATE.test(title);
  title = title.replace(PRIVATE, '');
  const named = severityAtStart(title, settings);
  title = named?.rest ?? title;
  const isPrivateLater = !isPrivate && PRIVATE.test(title);
  if (isPrivateLater) title = title.replace(PRIVATE, '');
  const first = bare(firstWord(title).word);
  return {
    severity: named?.name ?? null,
    isPrivate: isPrivate || isPrivateLater,
    title,
    unknown: named === null && /^sev\d+$/.test(first) ? first : null,
  };
}

/** The severity that a text begins with: `sev1`, `P1`, `sev 1`. */
export function severityAtStart(
  text: string,
  settings: Settings,
): { name: string; rest: string } | null {
  const { word, rest } = firstWord(text);
  const named = severityNamed(settings, bare(word));
  if (named !== undefined) return { name: named.name, rest: afterWord(rest) };
  const second = firstWord(rest);
  const joined =
    bare(word) === 'sev' ? severityNamed(settings, `sev${bare(second.word)}`) : undefined;
  return joined === undefined ? null : { name: joined.name, rest: afterWord(second.rest) };
}

/** Says which severities there are; `behind` is what stood after the word, to be typed again. */
export function refuseSeverity(
  word: string,
  { severities }: ParseContext['settings'],
  verb: string,
  behind = '',
): Result<Intent> {
  const names = severities.map(({ name }) => name);
  return refuse(
    `There is no severity “${readable(word).slice(0, 40)}”. There is ${names.join(', ')}.`,
    `${verb} ${names[0] ?? 'sev1'} ${readable(behind).slice(0, 200)}`.trim(),
  );
}

/** Enters an incident that is already over. */
export const record = defineCommand({
  name: 'record',
  aliases: ['backfill'],
  usage: ['record <title> from <time> to <time>'],
  example: 'record Login outage from 2024-04-10 13:57 to 2024-04-10 14:45',
  summary: 'Enters an incident that is already over. Pings nobody.',
  about: 'workspace',

  parse(rest) {
    const text = rest.trim();
    if (text === '') return refuse('An incident needs a title and two times.', this.example);
    const span = trailingSpan(text);
    if (span === null)
      return refuse('I need to know from when to when it lasted, at the end.', this.example);
    const title = readable(span.before).trim();
    if (title === '') return refuse('Say what happened before the times.', this.example);
    return ok(change({ type: 'record', title, from: span.from, to: span.to }));
  },
});

function trailingSpan(text: string): { before: string; from: string; to: string } | null {
  const places = [...text.matchAll(/(?<=\s|^)from\s/gi)].slice(-5).reverse();
  for (const { index, 0: found } of places) {
    const span = text.slice(index + found.length);
    const [, from, to] =
      /^(.{1,80}?)\s*(?:\s(?:to|until|till)\s|[–—])\s*(.{1,80})$/i.exec(span) ?? [];
    if (from === undefined || to === undefined) continue;
    if (isTime(from) && isTime(to))
      return { before: text.slice(0, index).trim(), from: from.trim(), to: to.trim() };
  }
  return null;
}

import type { SeenSection } from '../domain/action.ts';
import { sectionAtStart, sectionsShown } from '../domain/postmortem/section-names.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import { oneLine } from '../domain/views/phrases.ts';
import type { SectionPlace } from '../domain/words.ts';
import { change, form, type Intent, read } from './command.ts';
import { readable } from './slack-tokens.ts';
import { firstWord } from './words-in.ts';

/** What somebody writes for a section, as the form types it. */
export interface SectionLine {
  readonly section: string;
  readonly place: SectionPlace;
  readonly seen: SeenSection | null;
  readonly text: string;
}

/** What the form remembers of what it showed: `31.2/57/33`, or `-/57/33` where nothing was written. */
export const seenToken = ({ written, seq, next }: SeenSection): string =>
  `${written === null ? '-' : `${written.entry}.${written.revision}`}/${seq}/${next}`;

/** Reads such a token back; null when it is none. */
export function seenIn(token: string): SeenSection | null {
  const [, written = '', seq, next] =
    /^(-|\d{1,9}\.\d{1,9})\/(\d{1,9})\/(\d{1,9})$/.exec(token) ?? [];
  if (seq === undefined || next === undefined) return null;
  const [entry, revision] = written.split('.').map(Number);
  return {
    written: entry === undefined || revision === undefined ? null : { entry, revision },
    seq: Number(seq),
    next: Number(next),
  };
}

/** The line that the form types. */
export const sectionLine = ({ section, place, seen, text }: SectionLine): string =>
  `postmortem section ${section} ${place}: ${seen === null ? '' : `seen:${seenToken(seen)} `}${text}`;

const PLACES: Readonly<Record<string, SectionPlace>> = {
  'instead:': 'instead',
  'beside:': 'beside',
};

/** What stands after `postmortem section`: nothing, a name, or a name and a text. */
export function sectionAsked(typed: string, settings: Settings): Result<Intent> {
  if (typed.trim() === '') return ok(read({ type: 'sections' }));
  const found = sectionAtStart(typed, settings);
  if (found === null) {
    const word = oneLine(readable(firstWord(typed).word), 40);
    const names = sectionsShown(settings).map(({ heading }) => heading);
    return refuse(
      `The draft has no section “${word}”; it has ${names.join(', ')}.`,
      `postmortem section ${sectionsShown(settings)[0]?.id ?? 'summary'}`,
    );
  }
  const { id: section, rest } = found;
  if (rest === '') return ok(form('section', { section }));
  const { word, rest: after } = firstWord(rest);
  const key = word.toLowerCase();
  const place = Object.hasOwn(PLACES, key) ? PLACES[key] : undefined;
  const said = place === undefined ? rest : after;
  const { word: token, rest: text } = firstWord(said);
  const seen = token.startsWith('seen:') ? seenIn(token.slice(5)) : null;
  if (said === '') return ok(form('section', { section, place: place ?? '' }));
  return ok(
    change({
      type: 'section text',
      section,
      place: place ?? null,
      text: readable(seen === null ? said : text),
      seen,
    }),
  );
}

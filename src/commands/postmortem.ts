import { presetNamed } from '../domain/postmortem/presets.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { EXPORT_FORMATS, type ExportFormat, PRESET_NAMES } from '../domain/words.ts';
import { change, defineCommand, type Intent, read } from './command.ts';
import { nearest } from './nearest.ts';
import { taskAsked } from './postmortem-task.ts';
import { sectionAsked } from './section-line.ts';
import { readable } from './slack-tokens.ts';
import { bare, firstWord } from './words-in.ts';

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  '': 'md',
  ...Object.fromEntries(EXPORT_FORMATS.map((format) => [format, format])),
  markdown: 'md',
  htm: 'html',
  picture: 'png',
  image: 'png',
  excel: 'csv',
  calendar: 'ics',
  ical: 'ics',
};

/** The draft. */
export const postmortem = defineCommand({
  name: 'postmortem',
  aliases: ['pm', 'retro', 'draft'],
  usage: [
    'postmortem [show] [<preset>]',
    'postmortem refresh',
    'postmortem section [<name>] [instead:] [<text>]',
    'postmortem with <n…>',
    'postmortem owner <@person>',
    'postmortem author <@person>',
    'postmortem due <date>',
    'postmortem review [<@person>]',
    'postmortem reviewed',
    'postmortem publish [<link>]',
    `postmortem export [${EXPORT_FORMATS.join(', ')}] [<preset>, public]`,
  ],
  does: [
    'the draft as it is now, in another form for once if you name one',
    'writes it anew from the record',
    'your words for a section, beside what is generated or instead of it; the form when you leave out the text',
    'one report over several incidents, for example with 41 43',
    'who is to finish it',
    'who is named as its author',
    'by when it is to be published',
    'asks that person, or everybody here, to read it',
    'you have read it',
    'it is published, and where',
    'a file of it',
  ],
  example: 'postmortem show',
  summary:
    'Shows the draft; takes your words for a section; composes, exports, reviews and publishes it.',
  about: 'incident',

  parse(typed, { settings, actor }) {
    const { word, rest } = firstWord(typed);
    const verb = bare(word);
    if (verb === '') return ok(read({ type: 'draft' }));
    if (verb === 'help') return ok(read({ type: 'help', verb: 'postmortem' }));
    if (verb === 'show') return shown(rest);
    if (presetNamed(verb) !== null) return shown(typed);
    if (verb === 'refresh') return ok(change({ type: 'refresh draft' }));
    if (verb === 'section' || verb === 'sections' || verb === 'edit') {
      return sectionAsked(rest, settings);
    }
    if (verb === 'publish' || verb === 'published') return published(rest);
    if (verb === 'export') return exported(rest);
    if (verb === 'preset') return preset(rest);
    const task = taskAsked(verb, rest, actor);
    if (task !== null) return task;
    return refuse(
      'The draft can be shown, refreshed, edited by section, reviewed, published or exported.',
      this.example,
    );
  },
});

/** Where it is published, when that is said: a link that others can open, or what is wrong with it. */
function published(rest: string): Result<Intent> {
  if (rest === '') return ok(change({ type: 'publish', link: null }));
  const link = linkOf(rest.replace(/^at\s+/i, ''));
  if (link !== null) return ok(change({ type: 'publish', link }));
  const [meant = ''] =
    /https?:\/\/[^\s<>|]+/i.exec(rest) ?? /[^\s<>|]+\.[^\s<>|]+/.exec(rest) ?? [];
  const near = linkOf(meant) ?? linkOf(`https://${meant.replace(/^[a-z]*:\/*/i, '')}`);
  return refuse(
    `“${oneLine(readable(rest), 80)}” is no link that people could open. Paste the whole address, which begins with https://, or leave it out.`,
    near === null ? 'postmortem publish' : `postmortem publish ${near}`,
  );
}

/** The address that a text is, without what Slack puts around it; null when it is none. */
function linkOf(text: string): string | null {
  const address = text.trim().replace(/^<([^<>|]*)(?:\|[^<>]*)?>$/, '$1');
  if (!/^https?:\/\/[^\s/<>"|][^\s<>"|]*$/i.test(address) || address.length > 2000) return null;
  return URL.canParse(address) && /[a-z0-9]/i.test(new URL(address).hostname) ? address : null;
}

function shown(rest: string): Result<Intent> {
  const word = bare(firstWord(rest).word);
  if (word === '') return ok(read({ type: 'draft' }));
  const preset = presetNamed(word);
  return preset === null ? noPreset(word, 'show') : ok(read({ type: 'draft', preset }));
}

/** Every draft has the form that is configured; another one is for a single time. */
function preset(rest: string): Result<Intent> {
  const name = presetNamed(bare(firstWord(rest).word)) ?? 'classic';
  return refuse(
    'The form of every draft is set in muster.yaml, as postmortem.preset. Here one is shown or exported for once.',
    `postmortem show ${name}`,
  );
}

function noPreset(word: string, verb: string): Result<Intent> {
  const meant = nearest(word, PRESET_NAMES) ?? 'standard';
  const reason = `There is no form “${oneLine(readable(word), 40)}” of the draft; there are ${PRESET_NAMES.join(', ')}.`;
  return refuse(reason, `postmortem ${verb} ${meant}`);
}

function exported(rest: string): Result<Intent> {
  const { word, rest: after } = firstWord(rest);
  const format = bare(word);
  if (presetNamed(format) !== null) return exported(`md ${rest}`);
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known !== undefined) return inForm(known, bare(firstWord(after).word));
  return refuse(
    `“${oneLine(readable(format), 40)}” is no format of Muster’s. The draft can be exported as ${listed}.`,
    'postmortem export md',
  );
}

const listed = `${EXPORT_FORMATS.slice(0, -1).join(', ')} or ${EXPORT_FORMATS.at(-1)}`;

function inForm(format: ExportFormat, word: string): Result<Intent> {
  if (word === '') return ok(change({ type: 'export', format }));
  const preset = presetNamed(word);
  if (preset === null) return noPreset(word, `export ${format}`);
  if (format === 'md') return ok(change({ type: 'export', format, preset }));
  return refuse(`Only md has several forms; ${format} has one.`, `postmortem export md ${preset}`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { createDiary, type Diary, readLines, type TypedLine } from './diary.ts';

const FOLDER = new URL('../fixtures/checks/', import.meta.url);

/** One record of the corpus: a story as it was typed, or with something planted in it. */
export interface Specimen {
  /** The check that must ask; null where none may. */
  readonly planted: string | null;
  /** Checks that rightly ask besides. */
  readonly also: readonly string[];
  /** What it is called: the story, and what is different. */
  readonly name: string;
  readonly part: Part;
  readonly zone: string;
  readonly lines: readonly TypedLine[];
}

/**
 * The parts of the corpus, in the order in which they were written: `tuned`, by which the checks were improved; `second`, held
 * out and looked at afterwards; `last`, written after that; `unseen`, written by somebody who had not read the checks' code;
 * `fresh`, written by the same one after mending them.
 */
export const PARTS = ['tuned', 'second', 'last', 'unseen', 'fresh'] as const;

/** Which part of the corpus a record belongs to. */
export type Part = (typeof PARTS)[number];

/** The part that a file's name ends in; the stories of the first two files belong to either half. */
const partOf = (file: string): Part =>
  PARTS.find((part) => file.endsWith(`-${part}.txt`)) ?? 'tuned';

interface Section {
  readonly word: string;
  readonly value: string;
  readonly zone: string | null;
  readonly story: string | null;
  readonly also: readonly string[];
  readonly body: readonly string[];
}

/** The blocks of a file: `word: value`, `zone:` or `story:`, then lines up to the next empty one. */
function sections(file: string): readonly Section[] {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== '' && line[0] !== '#'))
    .filter((block) => block.length > 0)
    .map((block) => {
      const header = (word: string): string | null =>
        block.find((line) => line.startsWith(`${word}: `))?.slice(word.length + 2) ?? null;
      const [word = '', value = ''] = (block[0] ?? '').split(/: (.*)/);
      const body = block.slice(1).filter((line) => !/^(?:zone|story|also): /.test(line));
      return {
        word,
        value,
        zone: header('zone'),
        story: header('story'),
        also: header('also')?.split(', ') ?? [],
        body,
      };
    });
}

const files = (begin: string): readonly string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.startsWith(begin))
    .sort();

/** Takes away, changes and adds lines; what is to be changed must be there. */
function changed(story: Section, change: Section): readonly TypedLine[] {
  const zone = story.zone ?? 'UTC';
  const isEdit = (line: string): boolean => /^[-~] /.test(line);
  const body = change.body
    .filter(isEdit)
    .reduce((lines, edit) => edited(lines, edit, change.value), story.body);
  const lines = readLines(body.join('\n'), zone);
  for (const line of change.body.filter((one) => !isEdit(one))) {
    const [one] = readLines(line, zone, lines[0]?.at ?? null);
    if (one === undefined) continue;
    const place = lines.findIndex(({ at }) => at > one.at);
    lines.splice(place < 0 ? lines.length : place, 0, one);
  }
  return lines;
}

/** `- words` takes the lines away that have them, `~ old => new` changes the first one. */
function edited(lines: readonly string[], edit: string, name: string): readonly string[] {
  const [was = '', is = ''] = edit.slice(2).split(/ =>(?: |$)(.*)/);
  const at = lines.findIndex((line) => line.includes(was));
  if (at < 0) throw new Error(`${name}: nothing like “${was}”`);
  if (edit.startsWith('-')) return lines.filter((line) => !line.includes(was));
  return lines.map((line, place) => (place === at ? line.replace(was, () => is) : line));
}

/** Every record of the corpus. */
export function readCorpus(): readonly Specimen[] {
  const stories = new Map(
    files('stories-').flatMap((file) =>
      sections(file).map((one, place) => {
        const half = place % 2 === 1 ? ('second' as const) : ('tuned' as const);
        const part = /\d/.test(file) ? half : partOf(file);
        return [one.value, { ...one, part }] as const;
      }),
    ),
  );
  const whole = [...stories.values()].map((story) => ({
    planted: null,
    also: [],
    name: story.value,
    part: story.part,
    zone: story.zone ?? 'UTC',
    lines: readLines(story.body.join('\n'), story.zone ?? 'UTC'),
  }));
  const altered = ['planted-', 'clean-'].flatMap(files).flatMap((file) =>
    sections(file).map((change): Specimen => {
      const story = stories.get(change.story ?? '');
      if (story === undefined) throw new Error(`${change.value}: no story ${change.story}`);
      return {
        planted: change.word === 'planted' ? change.value : null,
        also: change.also,
        name: `${story.value}: ${change.value}`,
        part: partOf(file),
        zone: story.zone ?? 'UTC',
        lines: changed(story, change),
      };
    }),
  );
  return [...whole, ...altered];
}

/** Types a record of the corpus. */
export function typed({ zone, lines }: Specimen): Diary {
  const [first] = lines;
  if (first === undefined) throw new Error('nothing was typed');
  const diary = createDiary(zone, first.at);
  diary.keep(lines);
  return diary;
}

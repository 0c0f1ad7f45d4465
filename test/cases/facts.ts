/** Words that stand together on one line of a draft. */
export type Words = readonly (RegExp | string)[];

/** A length of time that the draft must compute, or must call unknown (`null`). */
export interface Computed {
  readonly minutes: number | null;
  /** What stands on the line beside the figure, so that it is that figure and no other. */
  readonly row: Words;
}

/** What the drafts of some scripts must hold together. */
export interface Expectation {
  readonly scripts: readonly string[];
  /** The facts of the case file, word for word, and how each is recognised. */
  readonly facts: Readonly<Record<string, Words>>;
  readonly computed: Readonly<Record<string, Computed>>;
  /** Contradictions and gaps, each of which must be an open question. */
  readonly questions: Readonly<Record<string, Words>>;
  /** What readers outside must be told. */
  readonly outside?: Readonly<Record<string, Words>>;
}

/** Something that was looked for in a draft. */
export interface Found {
  readonly what: string;
  readonly found: boolean;
}

/** A draft as it is read: without the backslashes that only Markdown needs. */
const linesOf = (draft: string): readonly string[] =>
  draft.replaceAll(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1').split('\n');

const questionsOf = (draft: string): string =>
  draft.slice(draft.lastIndexOf('\n## Open questions'));

function isOnOneLine(draft: string, words: Words): boolean {
  return linesOf(draft).some((line) =>
    words.every((word) => (typeof word === 'string' ? line.includes(word) : word.test(line))),
  );
}

/** `16 min` that is not the rest of `1 h 16 min`; longer ones are repeated in minutes. */
const figure = (minutes: number): RegExp =>
  minutes < 60 ? new RegExp(`(?<!\\d|h )${minutes} min`) : new RegExp(`\\(${minutes} min\\)`);

/** What was looked for in the drafts of an expectation, and whether it is there. */
export interface Looked {
  readonly facts: readonly Found[];
  readonly computed: readonly Found[];
  readonly questions: readonly Found[];
}

const among = (text: string, all: Readonly<Record<string, Words>>): readonly Found[] =>
  Object.entries(all).map(([what, words]) => ({ what, found: isOnOneLine(text, words) }));

/** Looks for what readers outside must be told, in the public form of the drafts. */
export const lookOutside = (
  { outside = {}, scripts }: Expectation,
  drafts: ReadonlyMap<string, string>,
): readonly Found[] => among(scripts.map((name) => drafts.get(name) ?? '').join('\n'), outside);

/** Looks for everything that is expected, in one form of the drafts it is expected in. */
export function look(expectation: Expectation, drafts: ReadonlyMap<string, string>): Looked {
  const texts = expectation.scripts.map((name) => drafts.get(name) ?? '');
  const whole = texts.join('\n');
  const questions = texts.map(questionsOf).join('\n');
  const computed = Object.entries(expectation.computed).map(([what, { minutes, row }]) => {
    const value = minutes === null ? /unknown/ : figure(minutes);
    return {
      what: `${what} = ${minutes ?? 'unknown'}`,
      found: isOnOneLine(whole, [...row, value]),
    };
  });
  return {
    facts: among(whole, expectation.facts),
    computed,
    questions: among(questions, expectation.questions),
  };
}

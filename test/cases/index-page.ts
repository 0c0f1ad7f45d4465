import type { Case } from './all.ts';
import { look } from './facts.ts';
import { FORMS, type Forms, INSIDE } from './forms.ts';
import { NOT_KEPT } from './kept.ts';

/** One draft in all its forms, as the index shows it. */
export interface Row {
  readonly script: string;
  readonly title: string;
  /** Per form, how many lines it has. */
  readonly lines: readonly number[];
  /** What a fact or a figure hangs on, and the rest. */
  readonly questions: readonly [grave: number, lesser: number];
  /** Over all forms for ourselves: found and looked for. */
  readonly found: string;
}

const count = (text: string, what: RegExp): number => Number(what.exec(text)?.[1] ?? 0);

/** What the index says about the drafts of a case. */
export const rowsOf = ({ scripts, expectations }: Case, forms: ReadonlyMap<string, Forms>): Row[] =>
  scripts.map((script) => {
    const drafts = forms.get(script);
    const draft = (preset: (typeof FORMS)[number]): string => drafts?.get(preset) ?? '';
    const standard = draft('standard');
    const own = expectations.filter((one) => one.scripts.length === 1 && one.scripts[0] === script);
    const looked = own.flatMap((expectation) =>
      INSIDE.flatMap((preset) => {
        const { facts, computed, questions } = look(
          expectation,
          new Map([[script, draft(preset)]]),
        );
        return [...facts, ...computed, ...questions];
      }),
    );
    return {
      script,
      title: /^# Postmortem: \S+ · (.*)$/m.exec(standard)?.[1] ?? '',
      lines: FORMS.map((preset) => draft(preset).split('\n').length - 1),
      questions: [
        count(standard, /^### Facts, times and figures \((\d+)\)$/m),
        count(standard, /^### Wording and follow-ups \((\d+)\)$/m),
      ],
      found: `${looked.filter(({ found }) => found).length} of ${looked.length}`,
    };
  });

/** One line of the table of the index. */
export const rowText = ({ script, title, lines, questions, found }: Row): string => {
  const links = FORMS.map((preset, place) => `[${lines[place]} lines](${script}/${preset}.md)`);
  const [grave, lesser] = questions;
  return `| [${script}](../../src/demo/cases/${script}.txt): ${title} | ${links.join(' | ')} | ${grave} + ${lesser} | ${found} |`;
};

/** The index: every draft beside its other forms. */
export const indexPage = (rows: readonly Row[]): string => `# The drafts of the given cases

Written by \`npm run cases\`: the scripts are typed into the real app, and what it writes is kept here as it is, in every
form that there is. [drafts.md](../drafts.md) scores them. A test composes them anew and compares, so they are what
Muster writes now.

One thing is not kept: the hash in the header is salted and is another one in every run. \`${NOT_KEPT}\` stands in its place.

| what was typed | ${FORMS.join(' | ')} | open questions | expected, and found |
|---|${FORMS.map(() => '---').join('|')}|---|---|
${rows.map(rowText).join('\n')}

*Open questions*: those on which a fact, a time or a figure hangs, and those about wording and follow-ups.
*Expected, and found*: facts of the case, computed figures and open questions (\`test/cases/facts\`), looked for in each form
except \`public\`, which has a list of its own.
`;

import type { Action } from '../domain/action.ts';
import { type PastedLine, withoutMarkup } from '../domain/import/index.ts';
import { readable } from './slack-tokens.ts';
import { splitKinds } from './tags.ts';

/** Everything that an import asks for. */
export type Import = Extract<Action, { type: 'import' }>;

const HEAD =
  /^on (?<date>\d{4}-\d{2}-\d{2}) in (?<zone>[^\n]{1,60}?)(?<proposed> with the proposed kinds)?\n/;
const ANSWER = /^line (\d{1,5}): (.*)$/;
const BEGIN = '---';

/** What stands after the verb, written so that `readImportLine` reads it back. */
export function importLine(asked: Omit<Import, 'type' | 'lines'>): string {
  const { date, zone, pasted, answers, proposed } = asked;
  const head = `on ${date} in ${zone}${proposed ? ' with the proposed kinds' : ''}`;
  const said = Object.entries(answers).map(([line, answer]) => `line ${line}: ${answer}`);
  return [head, ...said, BEGIN, pasted].join('\n');
}

/** Reads what stands after the verb: pasted lines alone, or with all that the form asks. */
export function readImportLine(rest: string): Import {
  const text = rest.replace(/\r\n?/g, '\n');
  const { date = '', zone = '', proposed } = HEAD.exec(text)?.groups ?? {};
  const begin = text.indexOf(`\n${BEGIN}\n`);
  if (date === '' || begin === -1) return importOf({ ...NOTHING, pasted: text });
  const said = text.slice(0, begin).split('\n').slice(1);
  const answers = said.flatMap((one) => {
    const [, line, answer] = ANSWER.exec(one) ?? [];
    return line === undefined ? [] : [[Number(line), answer ?? ''] as const];
  });
  return importOf({
    date,
    zone,
    proposed: proposed !== undefined,
    answers: Object.fromEntries(answers),
    pasted: text.slice(begin + BEGIN.length + 2),
  });
}

const NOTHING = { date: '', zone: '', proposed: false, answers: {} };

/** An import of what was pasted, with its lines apart. */
export const importOf = (asked: Omit<Import, 'type' | 'lines'>): Import => ({
  type: 'import',
  ...asked,
  lines: linesOf(asked.pasted),
});

const FENCE = /```/g;

/** The lines with their words; several lines of code are one, with the line that they begin in. */
function linesOf(pasted: string): readonly PastedLine[] {
  const typed = readable(pasted).split('\n');
  const lines: PastedLine[] = [];
  for (let at = 0; at < typed.length; at++) {
    const line = at + 1;
    const end = endOfCode(typed, at);
    if (end !== null) {
      lines.push({ line, ...withCode(typed.slice(at, end + 1)), kinds: [] });
      at = end;
      continue;
    }
    const { text: plain, mark } = withoutMarkup(typed[at] ?? '');
    const { text, kinds } = splitKinds(plain);
    if (text !== '') lines.push({ line, text, kinds, mark });
  }
  return lines;
}

/** Where the code ends that begins in this line and goes on below; null when none does. */
function endOfCode(typed: readonly string[], at: number): number | null {
  const isOdd = (line: string): boolean => (line.match(FENCE)?.length ?? 0) % 2 === 1;
  if (!isOdd(typed[at] ?? '')) return null;
  const below = typed.slice(at + 1).findIndex(isOdd);
  return below === -1 ? null : at + 1 + below;
}

/** Code as it stands; before it a line may begin as any other does. */
function withCode(typed: readonly string[]): Pick<PastedLine, 'text' | 'mark'> {
  const text = typed.join('\n').trim();
  if (text.startsWith('```')) return { text, mark: 'code' };
  const { text: first, mark } = withoutMarkup(typed[0] ?? '');
  return { text: [first, ...typed.slice(1)].join('\n'), mark };
}

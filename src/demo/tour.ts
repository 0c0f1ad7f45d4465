import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DEFAULTS } from '../config/defaults.ts';
import type { Log } from '../log.ts';
import { castOf, type Performance, type Played, play } from './play.ts';
import type { Screen } from './screen.ts';
import { readScript, type Script } from './script.ts';
import { openStage } from './stage.ts';
import { cells, wrap } from './workspace/terminal/measure.ts';

const MOST_QUESTIONS = 4;

/** Plays scripts in a workspace of their own, and writes their drafts to a folder. */
export async function playTour(
  names: readonly string[],
  parts: {
    readonly databaseUrl: string;
    readonly folder: string;
    readonly screen: Screen;
    readonly log: Log;
  },
): Promise<void> {
  const { databaseUrl, folder, screen, log } = parts;
  const scripts = await Promise.all(names.map(readScript));
  const stage = await openStage({
    databaseUrl,
    people: castOf(scripts),
    settings: DEFAULTS,
    log,
    startsAt: scripts[0]?.lines[0]?.at ?? 0,
  });
  try {
    for (const script of scripts) {
      announce(screen, script);
      const performed = await play(stage, script, (played) => progress(screen, played));
      const path = join(folder, `${script.name}.md`);
      await writeFile(path, performed.draft);
      showHead(screen, performed, relative('.', path));
    }
  } finally {
    await stage.close();
  }
}

function announce(screen: Screen, { name, lines, people }: Script): void {
  const zones = [...new Set(people.map(({ zone }) => zone))].join(', ');
  screen.line();
  screen.line(screen.pen(`${name} · ${lines.length} lines · typed in ${zones}`, 'bold'));
}

const cut = (text: string, width: number): string => {
  if (cells(text) <= width) return text;
  const [first = ''] = wrap(text, width - 1);
  return `${first}…`;
};

/** One line for one typed command: when, and what; a tick once it was answered. */
function progress(screen: Screen, { line, text, outcome }: Played): void {
  const at = new Date(line.at).toISOString().slice(0, 16).replace('T', ' ');
  const mark = outcome === 'asked' ? '?' : '✓';
  const what = line.does.type === 'click' ? `presses [${text}]` : text;
  const head = `${screen.pen(mark, 'green')} ${screen.pen(`${at}Z`, 'dim')} `;
  screen.line(`${head}${cut(what, screen.width - cells(head))}`);
}

const section = (draft: string, heading: string): string =>
  draft.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const plain = (text: string): string =>
  text.replaceAll(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1').replaceAll('**', '');

/** A question without what to type to settle it, which stands behind its last arrow. */
export function withoutRemedy(question: string): string {
  const at = question.lastIndexOf(' → ');
  return at === -1 ? question : question.slice(0, at);
}

/** Title, summary, key figures and the first open questions of a draft, and where it is. */
function showHead(screen: Screen, { draft }: Performance, path: string): void {
  const { pen, width } = screen;
  const bar = pen('┃', 'cyan');
  const print = (text: string): void => {
    for (const line of wrap(text, width - 2)) screen.line(`${bar} ${line}`);
  };
  const [title = ''] = draft.split('\n');
  print(pen(plain(title).replace(/^# /, ''), 'bold'));
  print(plain(section(draft, 'Summary').trim()));
  const figures = [
    ...(section(draft, 'Metrics').split('\n### ')[0] ?? '').matchAll(
      /^\| ([a-z ]+) \| [^|]+ \| ([^|]+) \|/gm,
    ),
  ]
    .map(([, name, value]) => `${name}: ${value?.trim()}`)
    .filter((figure) => !figure.includes('unknown'));
  print(`${pen('Figures', 'bold')}  ${figures.join(' · ') || 'none can be computed'}`);
  const questions = section(draft, 'Open questions')
    .split('\n')
    .filter((line) => /^\d+\. /.test(line));
  print(`${pen('Open questions', 'bold')}  ${questions.length}, among them:`);
  for (const question of questions.slice(0, MOST_QUESTIONS)) {
    const text = withoutRemedy(plain(question));
    const [first = ''] = wrap(text, width - 5);
    screen.line(`${bar}   ${first === text ? first : `${first}…`}`);
  }
  print(`${pen('Draft', 'bold')}  ${path}`);
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Somebody who types in a script. */
export interface ScriptPerson {
  readonly name: string;
  readonly zone: string;
}

/** One thing that somebody does at one moment. */
export interface ScriptLine {
  /** Its place in the file, for whoever has to mend it. */
  readonly number: number;
  readonly at: number;
  readonly who: string;
  /** The name under which later lines mean the entry that this one writes: `#{name}`. */
  readonly label: string | null;
  /** How Muster is expected to answer. */
  readonly expect: 'done' | 'asked' | 'refused';
  readonly does:
    | { readonly type: 'command'; readonly text: string }
    /** Presses a button under the last answer. */
    | { readonly type: 'click'; readonly button: string };
}

/** What people typed during one incident, and when. */
export interface Script {
  readonly name: string;
  /** The case file that it was typed from. */
  readonly about: string;
  readonly people: readonly ScriptPerson[];
  readonly lines: readonly ScriptLine[];
}

/** The scripts of the five seeds, each incident one script. */
export const SEEDS = [
  ['seed-0'],
  ['seed-1a', 'seed-1b'],
  ['seed-2'],
  ['seed-3'],
  ['seed-4'],
] as const;

const HEADER = /^(case|person):\s*(.+)$/;
const LINE =
  /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z) {2}(?<who>[a-z-]+) {2}(?:\[(?<label>[a-z-]+)\] )?(?:\?(?<expect>asked|refused) )?(?<does>(?:\/incident|click) .*)$/;

/** Reads one of the committed scripts. */
export async function readScript(name: string): Promise<Script> {
  const path = fileURLToPath(new URL(`./cases/${name}.txt`, import.meta.url));
  return parseScript(name, await readFile(path, 'utf8'));
}

/** Reads a script; throws with the line that cannot be read. */
export function parseScript(name: string, text: string): Script {
  const people: ScriptPerson[] = [];
  const lines: ScriptLine[] = [];
  let about = name;
  for (const [index, written] of text.split('\n').entries()) {
    if (written === '' || written.startsWith('#')) continue;
    const [, field, value] = HEADER.exec(written) ?? [];
    if (field === 'case') about = value ?? name;
    else if (field === 'person') people.push(personIn(value ?? ''));
    else lines.push(lineIn(name, index + 1, written));
  }
  return { name, about, people, lines };
}

function personIn(value: string): ScriptPerson {
  const [name = '', zone = 'UTC'] = value.split(' ');
  return { name, zone };
}

function lineIn(name: string, number: number, written: string): ScriptLine {
  const found = LINE.exec(written)?.groups;
  const at = Date.parse(found?.at ?? '');
  if (found === undefined || Number.isNaN(at)) {
    throw new Error(`${name}.txt, line ${number}, is none of a script: ${written}`);
  }
  const { who = '', label, expect, does = '' } = found;
  return {
    number,
    at,
    who,
    label: label ?? null,
    expect: expect === 'asked' || expect === 'refused' ? expect : 'done',
    does: does.startsWith('click ')
      ? { type: 'click', button: does.slice('click '.length) }
      : { type: 'command', text: does },
  };
}

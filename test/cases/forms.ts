import { setTimeout as pause } from 'node:timers/promises';
import { idOf, type Performance } from '../../src/demo/play.ts';
import type { Stage } from '../../src/demo/stage.ts';
import { PRESETS } from '../../src/domain/postmortem/presets.ts';
import type { PresetName } from '../../src/domain/words.ts';

/** One draft in every form that there is. */
export type Forms = ReadonlyMap<PresetName, string>;

/** The names of all forms. */
export const FORMS = Object.keys(PRESETS) as readonly PresetName[];

/** The forms for ourselves: what was typed must be in each of them. */
export const INSIDE = FORMS.filter((name) => name !== 'public');

const POLL_MS = 5;
const PATIENCE_MS = 10_000;

/** Every form of the draft of a played script: the one that was posted, the others as they are exported. */
export async function formsOf(stage: Stage, performance: Performance): Promise<Forms> {
  const forms = new Map<PresetName, string>([['standard', performance.draft]]);
  for (const preset of FORMS) {
    if (!forms.has(preset)) forms.set(preset, await exported(stage, performance, preset));
  }
  return forms;
}

async function exported(
  { workspace, passing }: Stage,
  { script, incident, channel }: Performance,
  preset: PresetName,
): Promise<string> {
  const [person] = script.people;
  if (person === undefined) throw new Error(`${script.name} has nobody in it.`);
  // An earlier script may have left files of the same incident.
  const before = workspace.files.length;
  // A script that goes on with what an earlier one opened is in no incident's channel.
  const typed = `/incident ${incident} postmortem export md ${preset}`;
  await workspace.type(idOf(person.name), channel, typed);
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    await passing.settled();
    const made = workspace.files.slice(before);
    const file = made.find(({ name }) => name.startsWith(`${incident}-${preset}-`));
    if (file !== undefined) return file.content.toString('utf8');
    await pause(POLL_MS);
  }
  const names = workspace.files.slice(before).map(({ name }) => name);
  throw new Error(`Nothing came of: ${typed} (${names.join(', ')})`);
}

import { removedFromTyped } from './domain/secrets/index.ts';
import { settingsIn } from './domain/settings.ts';
import { paragraph } from './domain/text.ts';
import { changed } from './handle/changes.ts';
import { confirmed } from './handle/confirmed.ts';
import { doctored } from './handle/doctoring.ts';
import { formShown } from './handle/filling.ts';
import { found } from './handle/finding.ts';
import { formToImport } from './handle/importing.ts';
import { type Handled, type Input, withMore } from './handle/input.ts';
import { arranged } from './handle/on-call.ts';
import { introduced, whyNotPermitted } from './handle/permitted.ts';
import { published } from './handle/publishing.ts';
import { looked } from './handle/reads.ts';
import { readyToRead } from './handle/ready-to-read.ts';
import { refused } from './handle/refused.ts';
import { understood } from './handle/understanding.ts';
import type { Ports } from './ports.ts';

export type { Handled, Input } from './handle/input.ts';
export { understood } from './handle/understanding.ts';

/**
 * Does what a line asks for, or says why not.
 *
 * Nothing that can be typed makes it throw; only a port that fails does. What is refused is kept
 * for `last`.
 */
export async function handle(escaped: Input, everywhere: Ports): Promise<Handled> {
  const settings = settingsIn(everywhere.settings, escaped.workspace);
  const ports = { ...everywhere, settings };
  const input = await introduced(await readyToRead(escaped, ports), ports);
  const handled = await answered(input, ports);
  const removed = removedFromTyped(input.removed ?? []);
  return withMore(
    handled,
    removed.map((line) => paragraph(...line)),
  );
}

async function answered(input: Input, ports: Ports): Promise<Handled> {
  const line = understood(input, ports.settings);
  if (!line.ok) return refused(line.refusal, input, ports);
  const { intent } = line.value;
  if (intent.type === 'confirm') return confirmed(intent.key, input, ports);
  const subject = await found(line.value, input, ports);
  if (!subject.ok) return refused(subject.refusal, input, ports);
  const { incident } = subject.value;
  const no = await whyNotPermitted(intent, incident, input, ports);
  if (no !== null) return refused(no, input, ports);
  if (intent.type === 'on call') return arranged(intent.action, input, ports);
  const preview = formToImport(intent, incident, input);
  if (preview !== null) return preview;
  if (intent.type === 'form') return formShown(intent, subject.value, input, ports);
  if (intent.type === 'doctor') return doctored(intent.repair, subject.value, input, ports);
  if (intent.type === 'change' && intent.action.type === 'publish') {
    return published(intent.action, subject.value, input, ports);
  }
  if (intent.type === 'change') return changed(intent.action, subject.value, input, ports);
  return looked(intent.read, incident, input, ports);
}

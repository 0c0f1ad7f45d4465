import type { Intent } from './commands/command.ts';
import { whyNoSnooze } from './domain/decide/snoozing.ts';
import type { Incident } from './domain/incident.ts';
import { settingsIn } from './domain/settings.ts';
import { changed } from './handle/changes.ts';
import { combined } from './handle/combining.ts';
import { confirmed } from './handle/confirmed.ts';
import { doctored } from './handle/doctoring.ts';
import { found } from './handle/finding.ts';
import { formToImport } from './handle/importing.ts';
import type { Handled, Input } from './handle/input.ts';
import { arranged } from './handle/on-call.ts';
import { published } from './handle/publishing.ts';
import { looked } from './handle/reads.ts';
import { readyToRead } from './handle/ready-to-read.ts';
import { refused } from './handle/refused.ts';
import { sectionForm } from './handle/section-form.ts';
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
  const input = await readyToRead(escaped, ports);
  const line = understood(input, ports.settings);
  if (!line.ok) return refused(line.refusal, input, ports);
  const { intent } = line.value;
  if (intent.type === 'confirm') return confirmed(intent.key, input, ports);
  if (intent.type === 'on call') return arranged(intent.action, input, ports);
  const subject = await found(line.value, input, ports);
  if (!subject.ok) return refused(subject.refusal, input, ports);
  const { incident } = subject.value;
  const preview = formToImport(intent, incident, input);
  if (preview !== null) return preview;
  if (intent.type === 'form') return formShown(intent, incident, input, ports);
  if (intent.type === 'doctor') return doctored(intent.repair, subject.value, input, ports);
  if (intent.type === 'change' && intent.action.type === 'publish') {
    return published(intent.action, subject.value, input, ports);
  }
  if (intent.type === 'change' && intent.action.type === 'postmortem with') {
    return combined(intent.action, subject.value, input, ports);
  }
  if (intent.type === 'change') return changed(intent.action, subject.value, input, ports);
  return looked(intent.read, incident, input, ports);
}

/** A form of which every answer is refused is not opened; one about a section shows what is there. */
async function formShown(
  intent: Extract<Intent, { type: 'form' }>,
  incident: Incident | null,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  if (incident === null) return { ...intent, incident };
  if (intent.form === 'section') return sectionForm(intent.filled ?? {}, incident, ports);
  const no = intent.form === 'snooze' ? whyNoSnooze(incident) : null;
  return no === null ? { ...intent, incident } : refused(no, input, ports);
}

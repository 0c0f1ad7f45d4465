import type { Incident } from '../domain/incident.ts';
import { incidentName } from '../domain/incident.ts';
import { composeDraft, draftSheet } from '../domain/postmortem/index.ts';
import { isForOutside, whyInside } from '../domain/postmortem/presets.ts';
import type { PresetName } from '../domain/words.ts';
import type { Ports } from '../ports.ts';
import { type Handled, type Input, shown } from './input.ts';
import { GONE, refused } from './refused.ts';

/** Shows the record in a form of the draft that was asked for, as it is now. */
export async function drafted(
  incident: Incident,
  preset: PresetName,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const inside = isForOutside(preset) ? whyInside({ incident }) : null;
  if (inside !== null) {
    const reason = `${incidentName(incident)} ${inside}.`;
    return refused({ reason, example: 'postmortem show standard' }, input, ports);
  }
  const [report, kept] = await Promise.all([
    ports.store.report(incident.id),
    ports.store.draft(incident.id),
  ]);
  const now = report?.records[0]?.asOf;
  if (report === null || now === undefined) return refused(GONE, input, ports);
  const version = kept?.version ?? 1;
  const draft = composeDraft(report, ports.settings, { version, now, preset });
  return shown(draftSheet(draft));
}

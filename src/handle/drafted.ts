import { incidentName } from '../domain/incident.ts';
import { composeDraft, draftSheet } from '../domain/postmortem/index.ts';
import { isForOutside, type PresetName, whyInside } from '../domain/postmortem/presets.ts';
import type { IncidentRecord } from '../domain/record.ts';
import type { Ports } from '../ports.ts';
import { type Handled, type Input, shown } from './input.ts';
import { refused } from './refused.ts';

/** Shows the record in a form of the draft that was asked for, as it is now. */
export async function drafted(
  record: IncidentRecord,
  preset: PresetName,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const inside = isForOutside(preset) ? whyInside(record) : null;
  if (inside !== null) {
    const reason = `${incidentName(record.incident)} ${inside}.`;
    return refused({ reason, example: 'postmortem show standard' }, input, ports);
  }
  const version = (await ports.store.draft(record.incident.id))?.version ?? 1;
  const draft = composeDraft({ records: [record] }, ports.settings, {
    version,
    now: record.asOf,
    preset,
  });
  return shown(draftSheet(draft));
}

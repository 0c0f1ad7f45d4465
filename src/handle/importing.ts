import type { Intent } from '../commands/command.ts';
import { readable } from '../commands/slack-tokens.ts';
import { firstMoment } from '../domain/decide/times.ts';
import type { Incident } from '../domain/incident.ts';
import { inZone } from '../domain/instant.ts';
import type { Handled, Input } from './input.ts';

/**
 * The form to look at what would be imported, filled with what was typed; null for anything else.
 * Only that form imports: what it sends was seen before.
 */
export function formToImport(
  intent: Intent,
  incident: Incident | null,
  { actor, source }: Pick<Input, 'actor' | 'source'>,
): Handled | null {
  if (intent.type !== 'change' || intent.action.type !== 'import') return null;
  if (source === 'form' || incident === null) return null;
  const { date, zone, pasted } = intent.action;
  const own = actor.zone ?? '';
  const first = firstMoment(incident) ?? incident.openedAt;
  const day = inZone(first, own || 'UTC').toFormat('yyyy-MM-dd');
  const filled = { date: date || day, zone: zone || own, lines: readable(pasted) };
  return { type: 'form', form: 'import', incident, filled };
}

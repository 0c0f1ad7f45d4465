import type { Denial } from '../denial.ts';
import { incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { PERMISSIONS } from '../permissions.ts';
import { instant, type Line, type Message, note, paragraph, say, user } from '../text.ts';

/** Something that was refused, as the list shows it. */
export interface DeniedAttempt extends Omit<Denial, 'incident'> {
  readonly at: Instant;
  readonly actor: string;
  /** `hidden`: a private incident that the reader takes no part in. */
  readonly incident: { readonly number: number; readonly drill: boolean } | 'hidden' | null;
}

/** How many are shown at once. */
export const DENIALS_SHOWN = 20;

const whose = (incident: DeniedAttempt['incident']): string => {
  if (incident === null) return '';
  return incident === 'hidden' ? ' in a private incident' : ` in ${incidentName(incident)}`;
};

const attempt = ({ at, actor, standing, what, incident, source }: DeniedAttempt): Line => {
  const did = what === 'see' ? 'look at an incident that is not for them' : PERMISSIONS[what].does;
  const role = standing === 'guest' ? ', a guest,' : '';
  return [
    instant(at, 'full'),
    ': ',
    user(actor),
    `${role} wanted to ${did}${whose(incident)} (${source}).`,
  ];
};

/** Who was refused what, the newest first. */
export function denialList(attempts: readonly DeniedAttempt[], count: number): Message {
  if (attempts.length === 0) return say('Nobody was refused anything so far.');
  const title = `${count} ${count === 1 ? 'attempt was' : 'attempts were'} refused so far.`;
  const left = count - attempts.length;
  return {
    summary: [title],
    blocks: [
      paragraph(title),
      { type: 'list', items: attempts.map(attempt) },
      ...(left > 0
        ? [note(`The newest ${attempts.length} are shown; the table denied has all.`)]
        : []),
      note('Who may do what: docs/permissions.md.'),
    ],
  };
}

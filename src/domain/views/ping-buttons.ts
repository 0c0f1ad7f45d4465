import { type Incident, incidentName } from '../incident.ts';
import type { Ping } from '../ping.ts';
import type { Button } from '../text.ts';
import { button } from './phrases.ts';

/** What can be pressed on a ping: first what stops it. */
interface Buttons {
  readonly first: (incident: Incident) => Button | null;
  /** Whether more people can be called, and the clock be put off. */
  readonly escalates: boolean;
  readonly snoozes: boolean;
}

const one =
  (label: string, command: string): Buttons['first'] =>
  (incident) =>
    button(incident, label, command, { style: 'primary' });

const asking =
  (label: string, command: string, text: string): Buttons['first'] =>
  (incident) => {
    const title = `${label}: ${incidentName(incident)}?`;
    return button(incident, label, command, {
      style: 'primary',
      confirm: { title, text, yes: label },
    });
  };

const ACKNOWLEDGE = one('Acknowledge', 'ack');
const ON_IT = one('I am on it', 'ack too');
const TAKE_COMMAND = one('Take command', 'lead me');
const RUNNING = { escalates: true, snoozes: true };
const PRIVATE = { escalates: false, snoozes: false };

/** The right thing to press for each clock. One row per timer. */
const BUTTONS: Readonly<Record<Ping['timer'], Buttons>> = {
  acknowledge: { first: ACKNOWLEDGE, ...RUNNING },
  policy: { first: ACKNOWLEDGE, ...RUNNING },
  page: { first: ACKNOWLEDGE, escalates: true, snoozes: false },
  commander: { first: TAKE_COMMAND, ...RUNNING },
  update: { first: one('Update', 'update'), ...RUNNING },
  mitigate: {
    first: asking('Mitigated', 'mitigated', 'The impact is contained from now on.'),
    ...RUNNING,
  },
  resolve: {
    first: asking('Resolve', 'resolve', 'Timers and pings stop and the draft is posted.'),
    ...RUNNING,
  },
  presence: { first: one('Still on it', 'ack'), ...PRIVATE },
  postmortem: { first: one('Draft', 'postmortem show'), ...PRIVATE },
  actions: { first: () => null, ...PRIVATE },
};

/** The buttons of a ping: what stops it, or answers it, then calling more people, asking who is next, putting it off. */
export function pingButtons(
  { timer, acknowledgedBy }: Pick<Ping, 'timer' | 'acknowledgedBy'>,
  incident: Incident,
): readonly Button[] {
  const { first, escalates, snoozes } = BUTTONS[timer];
  const lead = acknowledgedBy === undefined ? first(incident) : ON_IT(incident);
  return [
    ...(lead === null ? [] : [lead]),
    ...(escalates
      ? [button(incident, 'Escalate now', 'escalate'), button(incident, 'Who is next', 'next')]
      : []),
    ...(snoozes ? [button(incident, 'Snooze', `snooze ${timer}`)] : []),
  ];
}

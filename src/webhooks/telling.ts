import type { Destination, Notice } from '../domain/decision.ts';
import { addressOf, type Incident, incidentName } from '../domain/incident.ts';
import type { Settings, Webhook } from '../domain/settings.ts';
import { type Block, code, type Line, type Message, note, say } from '../domain/text.ts';
import type { Call } from './event.ts';
import type { Fault } from './outcome.ts';

/** A call that people must hear of. */
export interface Told {
  readonly call: Call;
  readonly webhook: string;
  readonly incident: Incident;
  readonly settings: Settings;
}

const REPAIRS: Readonly<Record<Fault, (webhook: Webhook | undefined) => Line>> = {
  key: (webhook) =>
    webhook === undefined
      ? ['Look at its key.']
      : ['Look at its key, the environment variable ', code(webhook.keyFrom), '.'],
  url: () => ['Look at its ', code('url'), ' in the configuration file.'],
  content: () => [
    'It did not accept what Muster sent. Look at its ',
    code('format'),
    ', its key and its ',
    code('url'),
    '.',
  ],
  address: () => [
    'If it is in your own network, write ',
    code('internal: true'),
    ' for it in the configuration file.',
  ],
  own: () => ['That is a fault of Muster itself: its log says more.'],
  missing: () => ['Put it back, or take it out of the policies.'],
  silence: () => ['Muster has given up. The next level of the policy calls it again.'],
};

/** Who reads it: somebody in the incident's channel, or an administrator elsewhere. */
interface Reader {
  /** Which incident it is about, where that does not go without saying. */
  readonly about: string;
  /** What goes before a verb to mean this incident; null for whoever can do nothing about it. */
  readonly address: string | null;
}

/** Says in the incident's channel and to the administrators that a webhook was not called, once for each alert. */
export function tellFailed(told: Told, reason: string, fault: Fault): readonly Notice[] {
  const { call, webhook, settings } = told;
  const what = call.event === 'trigger' ? ' was not called' : wasNotTold(call);
  const repair = note(...REPAIRS[fault](settings.webhooks[webhook]));
  return tell(told, 'failed', (reader) =>
    withSmall(
      [`The webhook ${webhook}${what}${reader.about}: ${reason}. `, ...consequence(told, reader)],
      repair,
    ),
  );
}

/** Says that a webhook cannot be reached for the time being, once for each event of an alert. */
export const tellUnreached = (told: Told, reason: string): readonly Notice[] =>
  tell(told, 'unreached', (reader) =>
    withSmall(
      [`The webhook ${told.webhook} cannot be reached${reader.about}: ${reason}.`],
      note('Muster goes on trying. ', ...consequence(told, reader)),
    ),
  );

/** The end of what `tellUnreached` began. */
export const tellReached = (told: Told): readonly Notice[] =>
  tell(told, 'reached', ({ about }) =>
    say(`The webhook ${told.webhook} was reached after all${about}.`),
  );

const withSmall = (line: Line, small: Block): Message => {
  const message = say(...line);
  return { ...message, blocks: [...message.blocks, small] };
};

const wasNotTold = ({ event }: Call): string =>
  event === 'acknowledge'
    ? ' was not told that somebody has acknowledged'
    : ' was not told that its alert is over';

/** What follows for whoever reads it at night. */
function consequence({ call }: Told, { address }: Reader): Line {
  if (call.event !== 'trigger') {
    // Whether it was ever reached is not known here.
    return ['If it was called, it may go on ringing: acknowledge or close the alert there.'];
  }
  if (address === null) return ['Nobody is called by it.'];
  const page = code(`/incident ${address}page @somebody`);
  return ['Nobody is called by it. To call somebody now, type ', page];
}

/** The channel knows which incident it is; of a private one an administrator learns only that there is one. */
function tell(
  { call, webhook, incident, settings }: Told,
  how: string,
  message: (reader: Reader) => Message,
): readonly Notice[] {
  const key = `webhook:${webhook}:${call.alert}:${call.event}:${how}`;
  const notice = (to: Destination, place: string, reader: Reader): Notice => ({
    key: `${key}:${place}`,
    to,
    what: { type: 'message', message: message(reader) },
  });
  const administrator = incident.private
    ? { about: ' for a private incident', address: null }
    : { about: ` for ${incidentName(incident)}`, address: `${addressOf(incident)} ` };
  return [
    notice({ type: 'incident' }, 'incident', { about: '', address: '' }),
    ...settings.administrators.map((id) => notice({ type: 'user', id }, id, administrator)),
  ];
}

import type { Notice } from '../../domain/decision.ts';
import { addressOf, type Incident, incidentName } from '../../domain/incident.ts';
import { buttons, code, type Line, type Message, paragraph, user } from '../../domain/text.ts';
import { type Errand, follow } from './errand.ts';
import type { Answering } from './on-call.ts';

/** Who reads it: somebody in the incident's channel, or an administrator elsewhere. */
interface Reader {
  /** Which incident it is about. */
  readonly about: string;
  /** What goes before a verb to mean this incident; null for whoever may not know which it is. */
  readonly address: string | null;
}

/**
 * Tells the incident's channel and every administrator: somebody must mend it, and somebody will look.
 * Of a private incident an administrator learns only that there is one.
 */
function tell(
  errand: Errand,
  incident: Incident,
  name: string,
  message: (reader: Reader) => Message,
): Notice[] {
  const known: Reader = { about: incidentName(incident), address: addressOf(incident) };
  const administrator: Reader = incident.private
    ? { about: 'A private incident', address: null }
    : known;
  const everybody = errand.settings.administrators.map((id) =>
    follow(errand, `${name}:${id}`, { type: 'user', id }, message(administrator)),
  );
  // A drill pages nobody outside its channel.
  return [
    follow(errand, name, { type: 'incident' }, message(known)),
    ...(incident.drill ? [] : everybody),
  ];
}

function problem({ about }: Reader, line: Line, remedy: Line, button: string): Message {
  const said: Line = [`${about}: `, ...line];
  return {
    summary: said,
    blocks: [
      paragraph(...said),
      paragraph(...remedy),
      buttons({ label: 'Who is on call', command: button }),
    ],
  };
}

/** What was done instead; who was brought into a private incident is no business of others. */
function insteadLine(pinged: string | null, { address }: Reader): Line {
  if (pinged === null) return [' Nobody was pinged for it.'];
  if (address === null) return [' Whose turn is next was pinged instead.'];
  return [' Pinged instead: ', user(pinged), ', whose turn is next.'];
}

const pageLine = (before: string, { address }: Reader): Line =>
  address === null ? [] : [before, code(`/incident ${address} page @somebody`)];

/** That a schedule pages nobody, or somebody else than it names, and how to put that right. */
export function offCall(
  errand: Errand,
  incident: Incident,
  schedule: string,
  { user: pinged, trouble }: Answering,
): Notice[] {
  const wrong: Line =
    trouble === null || trouble.type === 'gap'
      ? [`Nobody is on call in ${schedule} now.`]
      : [user(trouble.user), ` is on call in ${schedule} but ${trouble.why}.`];
  const remedy = (reader: Reader): Line => [
    'To put somebody on call: ',
    code(`/incident oncall ${schedule} override @somebody until 18:00`),
    ...pageLine('. To ping somebody now: ', reader),
  ];
  return tell(errand, incident, 'off call', (reader) => {
    const line = [...wrong, ...insteadLine(pinged, reader)];
    return problem(reader, line, remedy(reader), `oncall ${schedule}`);
  });
}

/** That a person whom the configuration or a command names is not there to be pinged. */
export function unreachable(errand: Errand, incident: Incident, id: string, why: string): Notice[] {
  const line: Line = [user(id), ` was to be pinged but ${why}.`];
  return tell(errand, incident, 'unreachable', (reader) => {
    const page = pageLine('Ping somebody else: ', reader);
    const remedy: Line = [
      ...(page.length === 0 ? [] : [...page, '. ']),
      'If the configuration names them, an administrator has to change it.',
    ];
    return problem(reader, line, remedy, 'oncall');
  });
}

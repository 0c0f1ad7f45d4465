import { addressOf, type Incident, incidentName } from '../incident.ts';
import { MINUTE } from '../instant.ts';
import type { Ping } from '../ping.ts';
import type { OnCallBy } from '../schedules/roster.ts';
import {
  type Block,
  type Button,
  bold,
  buttons,
  code,
  dated,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
  user,
} from '../text.ts';
import { formatLength } from '../time/format.ts';
import {
  button,
  channelOf,
  HELD_UNTIL,
  type Names,
  NOBODY_NEXT,
  oneLine,
  quietName,
  targetsLine,
  whyNobody,
} from './phrases.ts';
import { pingButtons } from './ping-buttons.ts';

/** What is looked up when a ping is sent; what is not known is said in general words. */
export interface PingFacts {
  readonly names: Names;
  /** Who is on call now. */
  readonly onCall: OnCallBy;
  /** Who will be when the next ones are pinged. */
  readonly onCallNext: OnCallBy;
}

/** As many as one can take in, and press, in a message. */
const MOST_ITEMS = 10;

const NOTHING: PingFacts = { names: {}, onCall: {}, onCallNext: {} };

/**
 * A page, readable on a lock screen: what, why, who gets it, what stops it, who is next and when.
 *
 * Whoever is next is named, not mentioned: a mention would ping them now.
 */
export function pingMessage(ping: Ping, incident: Incident, facts = NOTHING): Message {
  const what = `${incidentName(incident)} ${incident.severity}: ${oneLine(incident.title, 120)}`;
  const pressable = [...doneButtons(ping, incident), ...pingButtons(ping, incident)];
  const blocks: Block[] = [
    paragraph(bold(what), ...(incident.drill ? drilled(ping, facts) : [])),
    paragraph(...ping.why),
    ...itemsOf(ping),
    ...(incident.drill
      ? []
      : [paragraph('Sent to ', ...targetsLine(ping.who, incident, facts.onCall), '.')]),
    paragraph(...stopsWords(ping, incident), ...numbered(ping.stops, incident)),
    ...followed(ping, incident, facts),
    note(...lateLine(ping), 'Channel: ', channelOf(incident)),
    ...(pressable.length === 0 ? [] : [buttons(...pressable)]),
  ];
  return { summary: [what, '. ', ...ping.why], blocks };
}

/**
 * A ping of a private incident in a channel that is not its own: others read it, so it says that
 * somebody is needed and not what for. Whoever takes part is told directly, and knows where.
 */
export function pingElsewhere({ severity }: Pick<Incident, 'severity'>): Message {
  const what = `A private incident (${severity}) needs somebody.`;
  return {
    summary: [what],
    blocks: [
      paragraph(bold(what)),
      note(
        'Whoever takes part in it finds it with ',
        code('/incident list'),
        '. Others are shown nothing of it.',
      ),
    ],
  };
}

/** What stands below it once nobody has to act on it any more. */
export const PING_ELSEWHERE_OVER: Line = ['This ping is over.'];

/** An acknowledgement is given once: after it there is somebody to help, and nothing to stop. */
const stopsWords = ({ acknowledgedBy }: Ping, incident: Incident): Line =>
  acknowledgedBy === undefined
    ? ['To stop it: ']
    : [user(acknowledgedBy), ' acknowledged it. To help: come to ', channelOf(incident), '. '];

/** What is due, of a reminder of action items. */
function itemsOf({ items = [] }: Ping): readonly Block[] {
  if (items.length === 0) return [];
  const lines = items.slice(0, MOST_ITEMS).map(({ n, text, due }): Line => {
    return [bold(`a${n}`), ` ${text} (due `, instant(due, 'full'), ')'];
  });
  const more = items.length - lines.length;
  return [{ type: 'list', items: more > 0 ? [...lines, [`and ${more} more`]] : lines }];
}

const doneButtons = ({ items = [] }: Ping, incident: Incident): readonly Button[] =>
  items.slice(0, MOST_ITEMS).map(({ n }) => button(incident, `a${n} is done`, `action done ${n}`));

/**
 * Who would have got it, in plain words, for a mention would ping them. It stands in the first
 * paragraph, which stays when the ping is settled: it is what a drill is for.
 */
function drilled({ who }: Ping, { names, onCall }: PingFacts): Line {
  const told = who.map((target) => quietName(target, names, onCall)).join(', ');
  return [`. A drill: nobody is pinged. In an incident this would go to ${told || 'nobody'}.`];
}

/** Commands with the incident's number, so that they also work in a direct message. */
const numbered = (line: Line, incident: Incident): Line =>
  line.map((span) =>
    typeof span === 'object' && span.type === 'code'
      ? code(span.text.replace(/^\/incident (?!\d)/, `/incident ${addressOf(incident)} `))
      : span,
  );

/** Who is next. Whoever was asked to help where it is acknowledged already is the last of nothing. */
const followed = (ping: Ping, incident: Incident, facts: PingFacts): readonly Block[] =>
  ping.next === null && ping.acknowledgedBy !== undefined
    ? []
    : [paragraph(...nextLine(ping, incident, facts))];

function nextLine({ next }: Ping, { drill }: Incident, facts: PingFacts): Line {
  if (next === null) return [`Nobody ${drill ? 'would be' : 'is'} pinged after this.`];
  const who = next.who.map((target) => quietName(target, facts.names, facts.onCallNext)).join(', ');
  const why = whyNobody(next.who, next.level);
  const at = dated(next.at, next.asOf ?? next.at);
  const joint = next.held ? `, ${HELD_UNTIL}` : ' at ';
  return [
    `${drill ? 'Would be pinged next' : 'Next'}: ${who === '' ? NOBODY_NEXT : who}${joint}`,
    at,
    `${why}.`,
  ];
}

/** Under a minute is nothing that a reader could notice. */
function lateLine({ lateMs }: Ping): Line {
  if (lateMs < MINUTE) return [];
  return [`Sent ${formatLength(lateMs)} late: Muster was not running or could not reach Slack. `];
}

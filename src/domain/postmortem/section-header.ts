import { COMMANDER } from '../incident.ts';
import { inZone } from '../instant.ts';
import { isOfTask } from '../task.ts';
import { type Block, code, heading, type Line, user } from '../text.ts';
import { offsetName, zoneAbbreviation } from '../time/zone-names.ts';
import { type Context, from, leadTime, whenShown } from './context.ts';
import { joined, reopenedTimes } from './phrases.ts';
import { taskFacts } from './section-task.ts';
import { beginning, ending, found, lastMark, mark, type Telling } from './telling.ts';

type Fact = { readonly label: string; readonly value: Line };

/** What the record is about: identity, state, severity, roles, fields. */
export function headerSection(context: Context): readonly Block[] {
  const document: Fact[] = [
    ...taskFacts(context),
    { label: 'Generated', value: [whenShown(context, context.now)] },
    { label: 'Times', value: [zonesText(context)] },
    {
      label: 'Sources',
      value: ['[#12] names the entry of the record that a statement comes from'],
    },
  ];
  return [
    { type: 'facts', rows: document },
    ...context.tellings.flatMap((telling) => incidentFacts(context, telling)),
  ];
}

/** The zones with their offsets when it happened: `Africa/Nairobi (EAT, UTC+03:00)`. */
function zonesText({ zones, tellings, now }: Context): string {
  const [first] = tellings;
  const at = (first === undefined ? null : beginning(first)) ?? now;
  const named = zones.map((zone) => {
    const offset = offsetName(inZone(at, zone).offset);
    const name = zoneAbbreviation(at, zone);
    return zone === name ? zone : `${zone} (${[...new Set([name, offset])].join(', ')})`;
  });
  return `${named.join('; ')}${named.length > 1 ? '. The first one leads.' : ''}`;
}

function incidentFacts(context: Context, telling: Telling): Block[] {
  const { incident } = telling.record;
  const rows: Fact[] = [
    // The title of one incident is the title of the document.
    {
      label: 'Incident',
      value: [context.several ? `${telling.name}: ${incident.title}` : telling.name],
    },
    ...(incident.drill
      ? [{ label: 'Drill', value: ['this was practised; nothing was broken'] }]
      : []),
    { label: 'Date', value: [datesOf(context, telling)] },
    { label: 'State', value: [stateOf(context, telling)] },
    { label: 'Severity', value: [severityOf(context, telling)] },
    {
      label: 'Visibility',
      value: [incident.private ? 'private: members of its channel only' : 'internal'],
    },
    ...auditFact(telling),
    declaredFact(context, telling),
    ...roleFacts(context, telling),
    ...fieldFacts(context, telling),
  ];
  const title = context.several ? [heading(telling.name)] : [];
  return [...title, { type: 'facts', rows }];
}

/** What an auditor holds against the record a year later: `muster verify` finds this hash in it, or not. */
const auditFact = ({ record: { incident } }: Telling): readonly Fact[] =>
  incident.chain === ''
    ? []
    : [{ label: 'Audit', value: [`as of change ${incident.seq}, hash `, code(incident.chain)] }];

/** The days from the beginning to the end, with the zone that they are days of. */
export function datesOf({ zones }: Context, telling: Telling): string {
  const [first, last] = [beginning(telling), ending(telling)];
  if (first === null) return 'not recorded';
  const days = [first, last ?? first].map((at) =>
    leadTime({ zones }, at).replace(/ \d{2}:\d{2} .*$/, ''),
  );
  const [from, to] = days;
  const span = from === to ? `${from}` : `${from} to ${to}`;
  return `${span} (${zones[0] ?? 'UTC'})${last === null ? ', its end is not recorded' : ''}`;
}

function stateOf(context: Context, telling: Telling): string {
  const { incident } = telling.record;
  const resolved = lastMark(telling, 'resolved');
  const at =
    incident.status === 'resolved' && resolved !== null
      ? ` ${leadTime(context, resolved.at)}${from(context, telling, resolved.entry)}`
      : '';
  const again = incident.round > 0 ? `, ${reopenedTimes(incident.round)}` : '';
  const recorded = incident.recorded ? '; recorded after it was over' : '';
  return `${incident.status}${at}${again}${recorded}`;
}

function severityOf(context: Context, telling: Telling): string {
  const changes = found(telling, 'severity').map(({ at, no, detail }) => {
    const when = at === null ? '' : ` ${leadTime(context, at)}`;
    const why = detail.reason === null ? '' : `: ${detail.reason}`;
    return `${detail.from} to ${detail.to}${when}${why}${from(context, telling, no)}`;
  });
  const { severity } = telling.record.incident;
  return changes.length === 0
    ? `${severity}, no change recorded`
    : `${severity}; changed: ${changes.join('; ')}`;
}

function declaredFact(context: Context, telling: Telling): Fact {
  const { incident } = telling.record;
  const declared = mark(telling, 'declared');
  const [entry] = found(telling, 'declared');
  const at = declared?.at ?? incident.openedAt;
  const no = declared?.entry ?? entry?.no;
  const source = no === undefined ? '' : from(context, telling, no);
  return { label: 'Declared', value: [`${leadTime(context, at)}${source}`] };
}

/** Each role with who holds it and every hand-over. */
function roleFacts(context: Context, telling: Telling): readonly Fact[] {
  const { roles } = telling.record.incident;
  const handovers = found(telling, 'role');
  const names = [
    ...new Set([COMMANDER, ...Object.keys(roles), ...handovers.map(({ detail }) => detail.role)]),
  ];
  return names.map((role) => {
    const holder = roles[role];
    const steps = handovers
      .filter(({ detail }) => detail.role === role)
      .flatMap(({ at, no, detail }): Line[] => {
        const when = at === null ? '' : ` ${leadTime(context, at)}`;
        const note = detail.note === null ? '' : `, note: ${detail.note}`;
        const before: Line = detail.previous === null ? [] : [user(detail.previous), ' to '];
        return [[...before, user(detail.user), `${when}${note}${from(context, telling, no)}`]];
      });
    const label = role.charAt(0).toUpperCase() + role.slice(1);
    const held: Line = [holder === undefined ? 'not recorded' : user(holder)];
    return { label, value: steps.length === 0 ? held : joined(steps, '; ') };
  });
}

const WANTED = ['service', 'classification', 'priority'];
/** Told elsewhere: the zones in the columns, the assumptions as open questions. */
const ELSEWHERE = ['zones', 'assumed', 'confirmed'];

function fieldFacts(context: Context, telling: Telling): readonly Fact[] {
  const { header } = telling.record.incident;
  const typed = new Map(found(telling, 'field').map(({ detail, no }) => [detail.field, no]));
  const names = [...new Set([...WANTED, ...Object.keys(header)])];
  return names
    .filter((name) => !ELSEWHERE.includes(name) && !isOfTask(name))
    .map((name) => {
      const no = typed.get(name);
      const source = no === undefined ? '' : from(context, telling, no);
      const value = Object.hasOwn(header, name) ? header[name] : undefined;
      const label = name.charAt(0).toUpperCase() + name.slice(1);
      return { label, value: [value === undefined ? 'not recorded' : `${value}${source}`] };
    });
}

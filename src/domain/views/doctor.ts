import { counted } from '../counted.ts';
import {
  type Check,
  examine,
  type Facts,
  type FactsInOne,
  type Finding,
  findingId,
  isOfAll,
  type RepairName,
} from '../doctor/index.ts';
import { nameOrPrivate } from '../doctor/words.ts';
import { addressOf, type Incident, incidentName } from '../incident.ts';
import {
  type Block,
  type Button,
  bold,
  buttons,
  code,
  heading,
  type Line,
  type Message,
  note,
  paragraph,
  plainText,
  say,
} from '../text.ts';

/** What somebody sees of an examination. */
export interface Examined {
  readonly findings: readonly Finding[];
  /** Findings about private incidents that the reader takes no part in. */
  readonly hidden: number;
  readonly facts: Facts;
  /** The incident in whose channel it was asked. */
  readonly here: Incident | null;
  readonly mayRepair: boolean;
  /** How often somebody was refused something; 0 for readers who may not know. */
  readonly denied: number;
}

/** Slack takes fifty blocks, and nobody reads more than this at once. */
const SHOWN = 12;

/** Everything that is wrong with what mends it; what is about this incident first. */
export function doctorReport(examined: Examined): Message {
  const { findings, here, facts, mayRepair } = examined;
  const own = findings.filter(({ incident }) => here !== null && incident?.id === here.id);
  const others = findings.filter((finding) => !own.includes(finding));
  const shown = [...own, ...others].slice(0, SHOWN);
  const title = doctorHeadline(findings);
  const blocks: Block[] = [
    ...(here === null ? [] : [heading(incidentName(here))]),
    ...(here !== null && own.length === 0 ? [paragraph(`${incidentName(here)} is whole.`)] : []),
    ...shown.slice(0, own.length).flatMap((finding) => findingBlocks(finding, mayRepair)),
    heading(here === null ? 'How Muster is' : 'Everything else'),
    ...(others.length === 0 ? [paragraph('All is well.')] : []),
    ...shown.slice(own.length).flatMap((finding) => findingBlocks(finding, mayRepair)),
    ...footnotes(examined, findings.length - shown.length),
    note(lookedAt(facts)),
  ];
  return { summary: [title], blocks };
}

/** How Muster is, in one sentence. */
export const doctorHeadline = (findings: readonly Finding[]): string => {
  const serious = findings.filter(({ check }) => check.weight !== 'hint');
  if (findings.length === 0) return 'All is well.';
  if (serious.length === 0)
    return `All is well; ${counted(findings.length, 'hint')}: ${titles(findings).join('; ')}.`;
  return `${counted(serious.length, 'thing')} to mend: ${titles(serious).join('; ')}.`;
};

const titles = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.map(({ check }) => check.title)),
];

const explained = ({ means, repair }: Check): Block => note(`${means} ${repair}`);

function findingBlocks({ check, incident, says }: Finding, mayRepair: boolean): Block[] {
  const repairs = check.repairs.map(({ how, label, asks }): Button => {
    const command = repairLine(check.name, how, incident);
    if (asks === undefined) return { label, command };
    return { label, command, confirm: { title: `${label}?`, text: asks, yes: label } };
  });
  const hint = check.weight === 'hint' ? 'Hint: ' : '';
  return [
    paragraph(bold(`${hint}${check.title}. `), ...says),
    explained(check),
    ...(mayRepair && repairs.length > 0 ? [buttons(...repairs)] : []),
  ];
}

/** The line that a repair's button types: its incident is named, and so is that it has none. */
function repairLine(check: string, how: RepairName, incident: Finding['incident']): string {
  const line = `doctor repair ${check} ${how}`;
  if (incident !== null) return `${addressOf(incident)} ${line}`;
  return isOfAll(how) ? line : `${line} others`;
}

function footnotes({ findings, hidden, mayRepair, denied }: Examined, left: number): Block[] {
  const repairable = findings.some(({ check }) => check.repairs.length > 0);
  return [
    ...(left > 0 ? [note(`${left} more are not shown; mend these first.`)] : []),
    ...(hidden > 0
      ? [
          note(
            `${counted(hidden, 'finding')} about private incidents: type `,
            code('/incident doctor'),
            ' in their channels.',
          ),
        ]
      : []),
    ...(denied > 0
      ? [
          note(
            `${counted(denied, 'attempt')} to do what somebody may not: `,
            code('/incident doctor denied'),
          ),
        ]
      : []),
    ...(repairable && !mayRepair
      ? [note('An administrator sees buttons here that repair what Muster can repair itself.')]
      : []),
  ];
}

/** What Slack was asked about. */
function askedOf({ workspace }: Facts): string {
  const looked = workspace?.looked;
  return looked === undefined
    ? 'Slack was not asked'
    : `Slack’s token and scopes, ${counted(looked.people, 'person', 'people')}, ${counted(looked.groups, 'group')} and ${counted(looked.channels, 'channel')} of the configuration`;
}

/** What the doctor looked at, so that “all is well” says how much that is worth. */
function lookedAt(facts: Facts, named = askedOf(facts)): string {
  const { record, queue } = facts;
  const open = record === null ? [] : [counted(record.open.length, 'open incident')];
  const replicas = record === null ? [] : [counted(Math.max(1, record.replicas.length), 'replica')];
  const what = ['timers', 'deliveries', 'clocks', ...replicas, ...open, queueName(queue), named];
  return `Looked at: ${what.join(', ')}.`;
}

const queueName = ({ name }: Facts['queue']): string =>
  name === 'redis' ? 'Redis' : 'the queue in PostgreSQL';

/** To the administrators, once for each finding. */
export function doctorAlarm(findings: readonly Finding[]): Message {
  const title = `Muster needs you: ${titles(findings).join('; ')}.`;
  const shown = findings.slice(0, SHOWN);
  return {
    summary: [title],
    blocks: [
      ...shown.flatMap((finding): Block[] => [
        paragraph(bold(`${finding.check.title}. `), ...discreet(finding)),
        explained(finding.check),
      ]),
      ...(findings.length > shown.length
        ? [note(`${findings.length - shown.length} more are not shown.`)]
        : []),
      note('How it is now, with buttons that repair: ', code('/incident doctor')),
    ],
  };
}

/** Nothing of a private incident is told outside of its channel. */
const discreet = ({ incident, says }: Finding): Line =>
  incident?.private === true
    ? ['In a private incident; those who take part see it with ', code('/incident doctor'), '.']
    : says;

/** To the administrators, when what they were told of is over. */
export const doctorRelief = (over: readonly Check[]): Message =>
  say(`Is well again: ${[...new Set(over.map(({ title }) => title))].join('; ')}.`);

/** One of several workspaces in a line: what Slack says of it. */
function workspaceLine({ id, name, facts }: FactsInOne): string {
  const wrong = examine(facts).filter(({ check }) => check.seldom === true);
  const says =
    facts.workspace === null
      ? 'Slack has not answered yet; ask again in a minute'
      : wrong.length === 0
        ? `all is well; looked at: ${askedOf(facts)}`
        : `${counted(wrong.length, 'thing')} to mend: ${titles(wrong).join('; ')}`;
  return `Workspace ${id}, ${name}: ${says}.`;
}

/**
 * The same as text, for the command line and the admin port; with a line for each of several
 * workspaces.
 */
export function doctorText(
  findings: readonly Finding[],
  facts: Facts,
  each: readonly FactsInOne[] = [],
): readonly string[] {
  const lines = findings.flatMap((finding) => [
    `${finding.check.weight}: ${finding.check.title} (${findingName(finding)})`,
    `  ${plainText(discreet(finding))}`,
    `  ${finding.check.means}`,
    `  ${finding.check.repair}`,
  ]);
  const own = each.map(workspaceLine);
  const asked = each.length === 0 ? undefined : 'Slack of each workspace by itself';
  return [...lines, ...own, doctorHeadline(findings), lookedAt(facts, asked)];
}

const findingName = (finding: Finding): string =>
  finding.incident === null
    ? findingId(finding)
    : `${finding.check.name}, ${nameOrPrivate(finding.incident)}`;

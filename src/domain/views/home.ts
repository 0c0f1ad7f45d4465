import { counted } from '../counted.ts';
import type { Settings } from '../settings.ts';
import {
  type Block,
  bold,
  buttons,
  code,
  heading,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
} from '../text.ts';
import { actionLine, doneButton, toDoOf } from './action-list.ts';
import { doctorHeadline } from './doctor.ts';
import type { HomeIncident, HomeParts } from './home-parts.ts';
import { waitingFor } from './home-waiting.ts';
import { listed } from './list.ts';
import { onCallInShort } from './on-call.ts';

/** So many of each; Slack takes a hundred blocks, and nobody reads more. */
const SHOWN = 10;
const SCHEDULES_SHOWN = 6;
const FINDINGS_SHOWN = 5;

/** What the button types that shows it as it is now. */
export const REFRESH = 'home';

/** Somebody's own page: what waits for them first, then what is theirs, then what there is. */
export function home(parts: HomeParts, settings: Settings): Message {
  const waiting = waitingFor(parts, settings);
  const summary = waiting.length === 0 ? 'Nothing waits for you.' : waitsLine(waiting.length);
  return {
    summary: [summary],
    blocks: [
      ...said(parts.said),
      buttons(...(parts.mayDeclare ? [DECLARE] : []), { label: 'Refresh', command: REFRESH }),
      heading('Waiting for you'),
      ...(waiting.length === 0
        ? [paragraph('Nothing waits for you.')]
        : waiting.slice(0, SHOWN).flat()),
      ...more(waiting.length - SHOWN, 'list'),
      ...incidentBlocks(parts),
      ...actionBlocks(parts),
      ...onCallBlocks(parts, settings),
      ...doctorBlocks(parts),
      note('As of ', instant(parts.asOf, 'full'), '. Everything that can be typed: ', HELP),
    ],
  };
}

const HELP = code('/incident help');

const DECLARE = { label: 'Declare an incident', command: 'open', style: 'primary' } as const;

const waitsLine = (count: number): string =>
  `${counted(count, 'thing')} ${count === 1 ? 'waits' : 'wait'} for you.`;

const said = (message: Message | null): readonly Block[] =>
  message === null ? [] : [...message.blocks, { type: 'divider' }];

/** What is left off is said, with the way to all of it. */
const more = (count: number, command: string): readonly Block[] =>
  count > 0 ? [note(`and ${count} more → `, code(`/incident ${command}`))] : [];

function incidentBlocks({ open, counts }: HomeParts): readonly Block[] {
  const own = open.filter(({ mine }) => mine);
  const others = open.filter(({ mine }) => !mine);
  const total = counts.mine + counts.others;
  if (total === 0) return [heading('Open incidents'), paragraph('No incident is open.')];
  return [
    ...listOf('Your incidents', own, counts.mine),
    ...listOf(own.length === 0 ? 'Open incidents' : 'Other open incidents', others, counts.others),
  ];
}

function listOf(title: string, all: readonly HomeIncident[], count: number): readonly Block[] {
  if (count === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(title),
    { type: 'list', items: shown.map(({ incident }) => listed(incident)) },
    ...more(count - shown.length, 'list'),
  ];
}

function actionBlocks({ actions, viewer, asOf }: HomeParts): readonly Block[] {
  const mine = toDoOf(actions, viewer);
  if (mine.length === 0) return [];
  const shown = mine.slice(0, SHOWN);
  return [
    heading('Your action items'),
    { type: 'list', items: shown.map((one) => actionLine(one, asOf)) },
    buttons(...shown.map((one) => doneButton(one, null))),
    ...more(mine.length - shown.length, 'action list mine'),
  ];
}

function onCallBlocks({ overrides, asOf }: HomeParts, settings: Settings): readonly Block[] {
  const all = Object.values(settings.schedules);
  if (all.length === 0) return [];
  const shown = all.slice(0, SCHEDULES_SHOWN);
  const items = shown.map((schedule): Line => onCallInShort(schedule, overrides, asOf));
  return [
    heading('On call'),
    { type: 'list', items },
    ...more(all.length - shown.length, 'oncall'),
  ];
}

function doctorBlocks({ findings }: HomeParts): readonly Block[] {
  if (findings === null) return [];
  const shown = findings.slice(0, FINDINGS_SHOWN);
  const items = shown.map(({ check, says }): Line => [bold(`${check.title}. `), ...says]);
  return [
    heading('How Muster is'),
    paragraph(doctorHeadline(findings)),
    ...(items.length === 0 ? [] : [{ type: 'list', items } as const]),
    ...more(findings.length - shown.length, 'doctor'),
    ...(items.length === 0 ? [] : [buttons({ label: 'Look closer', command: 'doctor' })]),
  ];
}

/** What is shown instead while the record cannot be read. */
export const homeAway = (answer: Message | null): Message => {
  const what =
    'Muster’s database does not answer, so nothing can be looked up here just now. What you type is kept in Slack, and timers fire as soon as it is back.';
  return {
    summary: [what],
    blocks: [
      ...said(answer),
      paragraph(what),
      buttons(DECLARE, { label: 'Refresh', command: REFRESH }),
    ],
  };
};

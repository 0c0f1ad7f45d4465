import { ack } from './ack.ts';
import { action } from './action.ts';
import { cancel, reopen, resolve } from './closing.ts';
import type { Command } from './command.ts';
import { comms } from './comms.ts';
import { confirm } from './confirm.ts';
import { edit, restore, strike, undo } from './correct.ts';
import { doctor } from './doctor.ts';
import { drill, preview } from './drill.ts';
import { find } from './find.ts';
import { cause, fix, lesson, workaround } from './findings.ts';
import { form } from './form.ts';
import { set, stated } from './header.ts';
import { home } from './home.ts';
import { impact, restored } from './impact.ts';
import { importLines } from './import.ts';
import { link } from './link.ts';
import { log } from './log.ts';
import { merge } from './merge.ts';
import { detected, mitigated } from './milestones.ts';
import { oncall } from './oncall.ts';
import { open, record } from './open.ts';
import { escalate, page } from './page.ts';
import { postmortem } from './postmortem.ts';
import { brief, help, last, list, next, timeline } from './reading.ts';
import { redact } from './redact.ts';
import { handoff, lead, role } from './roles.ts';
import { sev } from './severity.ts';
import { snooze } from './snooze.ts';
import { stats } from './stats.ts';
import { status, update } from './status.ts';
import { visibility } from './visibility.ts';
import { bare } from './words-in.ts';

/** The verbs under the headings that help shows them by. Adding one here is all it takes. */
export const GROUPS: readonly { readonly title: string; readonly commands: readonly Command[] }[] =
  [
    { title: 'Declare', commands: [open, record, list, preview, drill] },
    {
      title: 'Respond',
      commands: [ack, lead, role, handoff, page, escalate, oncall, snooze, sev, status, update],
    },
    {
      title: 'Write down',
      commands: [log, importLines, timeline, edit, strike, undo, restore, redact],
    },
    { title: 'Milestones', commands: [impact, detected, mitigated, restored] },
    { title: 'Findings', commands: [cause, fix, workaround, lesson, comms, stated, set, action] },
    { title: 'Close', commands: [resolve, reopen, cancel, link, merge, visibility, postmortem] },
    {
      title: 'Find your way',
      commands: [brief, find, stats, home, last, help, next, doctor, confirm, form],
    },
  ];

/** Every verb of `/incident`, in the order help lists them. */
export const COMMANDS: readonly Command[] = GROUPS.flatMap(({ commands }) => commands);

/** Aliases that are themselves the first word of what the command reads. */
const CARRIED: readonly string[] = ['identified', 'monitoring', 'public', 'private'];

const BY_WORD: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) =>
    [command.name, ...command.aliases].map((word) => [word, command] as const),
  ),
);

/** Every word that is a verb: names and aliases, without those that only buttons type. */
export const VERBS: readonly string[] = COMMANDS.filter(({ hidden }) => hidden !== true).flatMap(
  ({ name, aliases }) => [name, ...aliases],
);

/** The command that a word names, and what it is to read when the word itself says something. */
export function commandNamed(word: string): { command: Command; carries: string } | null {
  const verb = bare(word);
  const command = BY_WORD.get(verb);
  if (command === undefined) return null;
  return { command, carries: CARRIED.includes(verb) ? verb : '' };
}

import type { FormName } from '../../src/commands/command.ts';
import type { Entered } from '../../src/demo/workspace/index.ts';

/** How a form is opened in an incident's channel, and what is filled in. */
export interface FilledForm {
  readonly line: string;
  readonly values: Readonly<Record<string, Entered>>;
}

/** Every form there is: a new one does not compile until it has a row. */
export const FILLED: Readonly<Record<FormName, FilledForm>> = {
  declare: { line: 'open', values: { title: 'Search is slow', severity: 'sev2' } },
  update: { line: 'update', values: { text: 'an update' } },
  severity: { line: 'sev', values: { severity: 'sev1' } },
  escalate: { line: 'page', values: { people: ['U0MAX'], reason: 'a page' } },
  entry: { line: 'log', values: { text: 'a line' } },
  edit: { line: 'edit 1', values: { text: 'another line' } },
  snooze: { line: 'snooze', values: { timer: 'resolve', length: '10', reason: 'a reason' } },
  import: { line: 'import', values: { lines1: '14:01 an import' } },
  role: { line: 'role', values: { person: 'U0MAX', note: 'a note' } },
  action: { line: 'action', values: { text: 'an action' } },
  status: { line: 'status', values: { status: 'identified' } },
  resolve: { line: 'form resolve', values: { text: 'an end' } },
  section: { line: 'postmortem section summary', values: { text1: 'a summary' } },
};

import type { FormName } from '../../commands/command.ts';
import { action } from './action.ts';
import { declare } from './declare.ts';
import { edit } from './edit.ts';
import { entry } from './entry.ts';
import { escalate } from './escalate.ts';
import type { Form } from './form.ts';
import { importForm } from './import.ts';
import { resolve } from './resolve.ts';
import { role } from './role.ts';
import { section } from './section.ts';
import { severity } from './severity.ts';
import { snooze } from './snooze.ts';
import { status } from './status.ts';
import { update } from './update.ts';

/** Every form there is, by the name that commands call it. */
export const FORMS: Readonly<Record<FormName, Form>> = {
  declare,
  update,
  severity,
  escalate,
  entry,
  edit,
  snooze,
  import: importForm,
  section,
  role,
  action,
  status,
  resolve,
};

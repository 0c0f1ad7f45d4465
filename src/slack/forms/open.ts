import type { FormName } from '../../commands/command.ts';
import type { Reply } from '../../domain/decision.ts';
import { addressOf, type Incident, incidentName } from '../../domain/incident.ts';
import { type Block, note, paragraph } from '../../domain/text.ts';
import type { Handled } from '../../handle.ts';
import type { Asked } from '../listeners/asked.ts';
import type { Desk } from '../listeners/desk.ts';
import type { Carried } from './carried.ts';
import { FORMS } from './index.ts';
import { formView } from './view.ts';

type FormHandled = Extract<Handled, { type: 'form' }>;

/** What to type instead of filling in the form. */
const INSTEAD: Readonly<Record<FormName, string>> = {
  declare: 'open sev2 What is broken',
  update: 'update What is known and what is being done',
  severity: 'sev sev1 all regions are affected',
  escalate: 'page @somebody What you need from them',
  entry: 'log 14:31 What happened',
  snooze: 'snooze update 30 min Why',
  import: 'import',
  section: 'postmortem section summary What you want it to say',
  role: 'role scribe @somebody',
  action: 'action What is to be done @owner due Friday',
  status: 'status identified What is known',
  resolve: 'resolve What ended it',
};

function notOpened(form: FormName, incident: Incident | null): Reply {
  const about = incident ? ` for ${incidentName(incident)}` : '';
  const reason = `Slack did not open the form${about}. Try again, or type:`;
  const why = 'Slack gives an app three seconds to open a form.';
  return toType(reason, INSTEAD[form], incident, [note(why)]);
}

function toType(
  reason: string,
  instead: string,
  incident: Incident | null,
  notes: readonly Block[] = [],
): Reply {
  const command = incident ? `${addressOf(incident)} ${instead}` : instead;
  return {
    message: {
      summary: [`${reason} /incident ${command}`],
      blocks: [paragraph(reason), { type: 'quote', text: `/incident ${command}` }, ...notes],
    },
    to: 'asker',
    outcome: 'refused',
  };
}

/** Opens a form; answers what to tell the person when it cannot hold all, or Slack would not. */
export async function openForm(
  { fast, ports, groups, log }: Desk,
  {
    trigger,
    channel,
    responseUrl,
    home = false,
  }: Pick<Asked, 'trigger' | 'channel' | 'responseUrl' | 'home'>,
  name: FormName,
  incident: Incident | null,
  { filled = {}, above = [], offers = {} }: Pick<FormHandled, 'filled' | 'above' | 'offers'> = {},
  message: Carried | null = null,
): Promise<Reply | null> {
  const full = FORMS[name].refuses?.(filled) ?? null;
  if (full !== null) return toType(full.reason, full.instead, incident);
  const { settings } = ports;
  const context = { settings, incident, groups: groups.current(), filled, above, offers };
  const about = { ...(message === null ? {} : { message }), ...(home ? { home } : {}) };
  const memory = { incident: incident && addressOf(incident), channel, responseUrl, ...about };
  try {
    await fast.views.open({ trigger_id: trigger, view: formView(name, context, memory) });
    return null;
  } catch (error) {
    log.warn('form not opened', { form: name }, error);
    return notOpened(name, incident);
  }
}

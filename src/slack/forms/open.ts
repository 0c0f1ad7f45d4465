import type { FormName } from '../../commands/command.ts';
import type { Reply } from '../../domain/decision.ts';
import { addressOf, type Incident, incidentName } from '../../domain/incident.ts';
import { note, paragraph } from '../../domain/text.ts';
import type { Asked } from '../listeners/asking.ts';
import type { Desk } from '../listeners/desk.ts';
import { formView } from './view.ts';

/** What to type instead of filling in the form. */
const INSTEAD: Readonly<Record<FormName, string>> = {
  declare: 'open sev2 What is broken',
  update: 'update What is known and what is being done',
  severity: 'sev sev1 all regions are affected',
  escalate: 'page @somebody What you need from them',
  entry: 'log 14:31 What happened',
  snooze: 'snooze update 30 min Why',
  import: 'import',
};

function notOpened(form: FormName, incident: Incident | null): Reply {
  const command = incident ? `${addressOf(incident)} ${INSTEAD[form]}` : INSTEAD[form];
  const about = incident ? ` for ${incidentName(incident)}` : '';
  const reason = `Slack did not open the form${about}. Try again, or type:`;
  return {
    message: {
      summary: [`${reason} /incident ${command}`],
      blocks: [
        paragraph(reason),
        { type: 'quote', text: `/incident ${command}` },
        note('Slack gives an app three seconds to open a form.'),
      ],
    },
    to: 'asker',
    outcome: 'refused',
  };
}

/** Opens a form; answers what to tell the person when Slack would not. */
export async function openForm(
  { fast, ports, groups, log }: Desk,
  { trigger, channel, responseUrl }: Pick<Asked, 'trigger' | 'channel' | 'responseUrl'>,
  name: FormName,
  incident: Incident | null,
  filled: Readonly<Record<string, string>> = {},
): Promise<Reply | null> {
  const context = { settings: ports.settings, incident, groups: groups.current(), filled };
  const memory = { incident: incident && addressOf(incident), channel, responseUrl };
  try {
    await fast.views.open({ trigger_id: trigger, view: formView(name, context, memory) });
    return null;
  } catch (error) {
    log.warn('form not opened', { form: name }, error);
    return notOpened(name, incident);
  }
}

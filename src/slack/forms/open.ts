import type { Filled, FormName } from '../../commands/command.ts';
import type { Reply } from '../../domain/decision.ts';
import { addressOf, type Incident, incidentName } from '../../domain/incident.ts';
import { type Settings, settingsIn } from '../../domain/settings.ts';
import { type Block, note, paragraph } from '../../domain/text.ts';
import type { Handled } from '../../handle.ts';
import { understood } from '../../handle.ts';
import type { Asked } from '../listeners/asked.ts';
import type { Desk } from '../listeners/desk.ts';
import type { Carried } from './carried.ts';
import { type Door, openDoor } from './door.ts';
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
  edit: 'edit <n> at 14:35',
  snooze: 'snooze update 30 min Why',
  import: 'import',
  section: 'postmortem section summary What you want it to say',
  role: 'role scribe @somebody',
  action: 'action What is to be done @owner due Friday',
  status: 'status identified What is known',
  resolve: 'resolve What ended it',
};

/** Of a line that was typed out nothing is lost: it is what to send again. */
function notOpened(form: FormName, incident: Incident | null, typed: string | null): Reply {
  const about = incident ? ` for ${incidentName(incident)}` : '';
  const why = note('Slack gives an app three seconds to open a form.');
  if (typed !== null) {
    const reason = `Slack did not open the form${about}. What you typed, ready to resend:`;
    return toType(reason, typed, null, [why]);
  }
  const reason = `Slack did not open the form${about}. Try again, or type:`;
  return toType(reason, INSTEAD[form], incident, [why]);
}

/** The form that a line opens, as far as its words alone tell; null where it opens none. */
export function formIn(
  { text, user, workspace }: Pick<Asked, 'text' | 'user' | 'workspace'>,
  everywhere: Settings,
): { readonly form: FormName | null; readonly instead: string } | null {
  const settings = settingsIn(everywhere, workspace);
  // In an incident's channel it is the card, elsewhere the form that declares one.
  if (text === '') return { form: null, instead: INSTEAD.declare };
  const line = understood({ text, actor: { id: user, zone: null } }, settings);
  if (!line.ok) return null;
  const { intent, address } = line.value;
  const imports = intent.type === 'change' && intent.action.type === 'import';
  const form = imports ? 'import' : intent.type === 'form' ? intent.form : null;
  if (form === null) return null;
  const instead = imports ? text : INSTEAD[form];
  return {
    form,
    instead: imports || address === null ? instead : `${addressOf(address)} ${instead}`,
  };
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

type About = Pick<Asked, 'trigger' | 'channel' | 'responseUrl' | 'home'> &
  Partial<Pick<Asked, 'text' | 'source'>>;

/** A line with something in it that its form was to be filled with. */
const typedOut = ({ text = '', source }: About, filled: Filled): string | null =>
  source === 'command' && Object.values(filled).some((value) => value !== '') ? text : null;

/** Opens a form; answers what to tell the person when it cannot hold all, or Slack would not. */
export async function openForm(
  desk: Desk,
  asked: About,
  name: FormName,
  incident: Incident | null,
  { filled = {}, above = [], offers = {} }: Pick<FormHandled, 'filled' | 'above' | 'offers'> = {},
  message: Carried | null = null,
  door: Door = openDoor(desk, asked, null, () => undefined),
): Promise<Reply | null> {
  const { ports, groups, log } = desk;
  const { channel, responseUrl, home = false } = asked;
  const full = FORMS[name].refuses?.(filled) ?? null;
  if (full !== null) return toType(full.reason, full.instead, incident);
  const { settings } = ports;
  const context = { settings, incident, groups: groups.current(), filled, above, offers };
  const about = { ...(message === null ? {} : { message }), ...(home ? { home } : {}) };
  const memory = { incident: incident && addressOf(incident), channel, responseUrl, ...about };
  try {
    await door.show(formView(name, context, memory));
    return null;
  } catch (error) {
    log.warn('form not opened', { form: name }, error);
    return notOpened(name, incident, typedOut(asked, filled));
  }
}

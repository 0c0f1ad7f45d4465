import type { types } from '@slack/bolt';
import type { FormName } from '../../commands/command.ts';
import type { Asked } from '../listeners/asked.ts';
import type { Desk } from '../listeners/desk.ts';
import { slackCode } from '../outcome.ts';
import { FORMS } from './index.ts';

/** What somebody asked for who may be about to get a form. */
interface Expected {
  /** The form, as far as the words alone tell; null where it may be another answer. */
  readonly form: FormName | null;
  /** What to type instead of filling it in. */
  readonly instead: string;
}

/** The place in which a form appears. */
export interface Door {
  /** Shows the form: in the view that stands open meanwhile, else in one of its own. */
  show(view: types.ModalView): Promise<void>;
  /** No form comes: a view that stands open says what came instead. Never fails. */
  shut(instead: string): Promise<void>;
}

const text = (words: string): types.PlainTextElement => ({
  type: 'plain_text',
  text: words.slice(0, 3000) || '…',
  emoji: false,
});

function standingView({ form }: Pick<Expected, 'form'>, blocks: types.KnownBlock[]) {
  const title = form === null ? 'Muster' : FORMS[form].title;
  return { type: 'modal', title: text(title), close: text('Close'), blocks } as const;
}

const waiting = ({ form, instead }: Expected): types.ModalView =>
  standingView({ form }, [
    {
      type: 'section',
      text: text('One moment: the form comes here. Should none come, close this and type:'),
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_preformatted',
          elements: [{ type: 'text', text: `/incident ${instead}` }],
        },
      ],
    },
  ]);

const answered = (form: FormName | null, said: string): types.ModalView =>
  standingView({ form }, [
    { type: 'section', text: text(said) },
    {
      type: 'context',
      elements: [text('The whole answer stands where you asked. Close this to go on there.')],
    },
  ]);

/** They closed it while they waited: that is their answer. */
const CLOSED = 'not_found';

/**
 * Holds a form's place. Slack lets an app open a view within three seconds of the click, whatever the
 * database is doing: where the form is not known in time, a view that says so is opened first, and the
 * form takes its place as soon as it is there.
 */
export function openDoor(
  { fast, log, formAfterMs }: Pick<Desk, 'fast' | 'log' | 'formAfterMs'>,
  { trigger }: Pick<Asked, 'trigger'>,
  expected: Expected | null,
  onWaiting: () => unknown,
): Door {
  let opening: Promise<string | null> | null = null;

  async function open(what: Expected): Promise<string | null> {
    try {
      const answer = await fast.views.open({ trigger_id: trigger, view: waiting(what) });
      onWaiting();
      return answer.view?.id ?? null;
    } catch (error) {
      log.warn('form not opened', { form: what.form ?? '' }, error);
      return null;
    }
  }

  const timer =
    expected === null
      ? undefined
      : setTimeout(() => {
          opening = open(expected);
        }, formAfterMs);

  async function replaced(id: string, view: types.ModalView): Promise<void> {
    try {
      await fast.views.update({ view_id: id, view });
    } catch (error) {
      if (slackCode(error) !== CLOSED) throw error;
    }
  }

  return {
    async show(view) {
      clearTimeout(timer);
      if (opening === null) {
        await fast.views.open({ trigger_id: trigger, view });
        return;
      }
      const id = await opening;
      if (id === null) throw new Error('Slack did not open a view in time');
      await replaced(id, view);
    },
    async shut(instead) {
      clearTimeout(timer);
      const id = opening === null ? null : await opening;
      if (id === null) return;
      await replaced(id, answered(expected?.form ?? null, instead)).catch((error: unknown) => {
        log.warn('form not shut', {}, error);
      });
    },
  };
}

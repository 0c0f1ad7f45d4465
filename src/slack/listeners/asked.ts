import type { MessageInForm } from '../../domain/message.ts';
import type { Source } from '../../domain/words.ts';

/** Something a person asked for, whichever way. */
export interface Asked {
  readonly workspace: string;
  readonly key: string;
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly source: Source;
  /** The message in Slack that it is about. */
  readonly message?: MessageInForm;
  /** For a form: whether they are in the channel still in which they opened it. */
  readonly present?: boolean;
  /** Whether it was pressed on the Home tab, where the answer goes then. */
  readonly home?: boolean;
  /** For opening a form. */
  readonly trigger: string;
  readonly responseUrl: string | null;
}

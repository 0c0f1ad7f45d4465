import type { Message } from '../../domain/text.ts';
import { mentionedIn, unmentioned } from '../../domain/views/unmentioned.ts';
import type { Errand } from './errand.ts';
import { meet } from './meet.ts';

/** The message with everybody named and nobody mentioned. */
export async function quietly(errand: Errand, message: Message): Promise<Message> {
  const ids = mentionedIn(message);
  if (ids.length === 0) return message;
  await meet(
    errand,
    ids.filter((id) => /^[UW]/.test(id)),
  );
  return unmentioned(message, await errand.members.names(errand.delivery.workspace, ids));
}

import type { types, ViewSubmitAction } from '@slack/bolt';
import { addressed } from '../../domain/addressed.ts';
import { standingOf } from '../../domain/permitting.ts';
import { maySee } from '../../handle/seeing.ts';
import { StoreUnavailable } from '../../ports.ts';
import type { Complaint } from '../forms/form.ts';
import { FORMS } from '../forms/index.ts';
import { answersOf, formNameOf, formView, memoryOf } from '../forms/view.ts';
import type { Desk } from './desk.ts';

const AWAY =
  'Nothing was done: Muster’s database does not answer. Your text stays here: press the button again in a moment.';

/** A form that came back. */
interface Returned {
  readonly workspace: string;
  readonly user: string;
  readonly view: ViewSubmitAction['view'];
  /** Whether they are still where they opened it. */
  readonly present: boolean;
}

/** What is not for their eyes is not looked at: sending it says so, and keeps what they pasted. */
async function lookAt(desk: Desk, { workspace, user, view, present }: Returned) {
  const { store, settings } = desk.ports;
  const { incident: named, channel } = memoryOf(view);
  const { address } = named === null ? { address: null } : addressed(`${named} card`);
  const [now, person, incident] = await Promise.all([
    store.now(),
    store.person(workspace, user),
    address === null ? store.inChannel(workspace, channel) : store.numbered(workspace, address),
  ]);
  const standing = standingOf(user, person, settings);
  const actor = { id: user, zone: person?.zone ?? null, standing };
  const asked = { actor, channel, source: 'form', present } as const;
  const visible = incident !== null && (await maySee(incident, asked, desk.ports));
  return { now, zone: actor.zone, incident: visible ? incident : null };
}

/**
 * The form as it shows what its answers come to, or what is wrong with them; null when that was
 * looked at and can be done.
 */
export async function previewOf(
  desk: Desk,
  returned: Returned,
): Promise<types.ModalView | Complaint | null> {
  const { view } = returned;
  const name = formNameOf(view);
  const form = name === null ? null : FORMS[name];
  if (name === null || form?.preview === undefined) return null;
  const answers = answersOf(view);
  const memory = memoryOf(view);
  try {
    const looked = await lookAt(desk, returned);
    const shown = form.preview(answers, { ...looked, seal: memory.seal ?? null });
    if (shown === null || 'field' in shown) return shown;
    const { settings } = desk.ports;
    const context = { settings, incident: looked.incident, groups: [], filled: {}, above: [] };
    return formView(name, context, memory, shown);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return { field: form.blame(answers), reason: AWAY };
  }
}

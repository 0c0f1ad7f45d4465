import type { NoticeBody } from '../../domain/decision.ts';
import { incidentName } from '../../domain/incident.ts';
import type { Delivered } from '../../ports.ts';
import type { Thread } from '../calls.ts';
import { renderMessage } from '../render.ts';
import { exported } from '../wording.ts';
import { addressOf, CannotDeliver, type Errand, incidentOf } from './errand.ts';
import { donePosted, LOOK_BACK_MS, postParts } from './posting.ts';

/** Files carry no metadata, but their names are ours: unique per incident and version. */
async function isUploaded({ calls, delivery }: Errand, where: Thread, filename: string) {
  if (delivery.unsureSince === null) return false;
  let known = false;
  await calls.since(where, delivery.unsureSince - LOOK_BACK_MS, ({ files }) => {
    known ||= files.includes(filename);
    return known;
  });
  return known;
}

async function upload(
  errand: Errand,
  where: Thread,
  file: { readonly name: string; readonly title: string; readonly content: string },
): Promise<void> {
  if (await isUploaded(errand, where, file.name)) return;
  await errand.calls.upload(where, file.name, file.title, file.content);
  errand.progress.posted = true;
}

/**
 * Posts a version of the draft: the message to read in the channel, the whole Markdown beside it.
 * Later versions stay in the thread of the first, so that corrections disturb nobody.
 */
export async function postDraft(
  { version }: Extract<NoticeBody, { type: 'draft' }>,
  errand: Errand,
): Promise<Delivered> {
  const { delivery, store } = errand;
  const incident = await incidentOf(errand);
  const draft = await store.draft(incident.id, version);
  if (!draft) throw new CannotDeliver(`there is no version ${version} of the draft`);
  const channel = await addressOf(errand);
  const first = delivery.incident === null ? null : await store.post(delivery.incident, 'draft');
  const thread = first?.channel === channel ? first.ts : undefined;
  const where: Thread = { channel, thread };
  const [posted] = await postParts(errand, where, renderMessage(draft.message));
  const name = incidentName(incident);
  await upload(errand, where, {
    name: `${name}-postmortem-v${version}.md`,
    title: `${name} postmortem, version ${version}`,
    content: draft.markdown,
  });
  return thread === undefined && posted ? donePosted('draft', posted) : { type: 'done' };
}

/** Uploads the record or its draft as a file to whoever asked. */
export async function exportFile(
  { format, preset }: Extract<NoticeBody, { type: 'file' }>,
  errand: Errand,
): Promise<Delivered> {
  const { calls, delivery } = errand;
  const { name, title, content } = await exported(errand, format, preset);
  const address = await addressOf(errand);
  const channel = delivery.to.type === 'user' ? await calls.openDirect(address) : address;
  // The delivery's id keeps one export apart from the next, so that a repetition is recognised.
  const file = { name: `${name}-${delivery.id}.${format}`, title, content };
  await upload(errand, { channel }, file);
  return { type: 'done' };
}

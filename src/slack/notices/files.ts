import type { NoticeBody } from '../../domain/decision.ts';
import { incidentName } from '../../domain/incident.ts';
import { picture } from '../../exports/index.ts';
import { type Delivered, StoreUnavailable } from '../../ports.ts';
import type { Upload } from '../file-calls.ts';
import { renderMessage } from '../render.ts';
import type { Thread } from '../thread.ts';
import { exported } from '../wording.ts';
import { bookmarked, NEWEST_DRAFT } from './bookmark.ts';
import { addressOf, CannotDeliver, type Errand, followedBy, incidentOf } from './errand.ts';
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

export async function upload(errand: Errand, where: Thread, file: Upload): Promise<void> {
  if (await isUploaded(errand, where, file.name)) return;
  await errand.calls.upload(where, file);
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
  const address = await addressOf(errand);
  const channel = delivery.to.type === 'user' ? await errand.calls.openDirect(address) : address;
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
  if (!posted) return { type: 'done' };
  const done = donePosted(thread === undefined ? 'draft' : NEWEST_DRAFT, posted);
  return done.type === 'done' ? followedBy(done, [bookmarked(errand, { type: 'draft' })]) : done;
}

/**
 * Posts the incident as a picture, beside the draft: a delivery of its own, so that the draft is out
 * whatever becomes of it. Later ones stay in the thread, as their drafts do.
 */
export async function postPicture(
  { version }: Extract<NoticeBody, { type: 'picture' }>,
  errand: Errand,
): Promise<Delivered> {
  const { delivery, store, settings } = errand;
  const record = delivery.incident === null ? null : await store.record(delivery.incident);
  if (!record) throw new CannotDeliver('its incident is not known');
  const drawing = await drawn(errand, () => picture(record, settings));
  const channel = await addressOf(errand);
  const first = version === 1 ? null : await store.post(record.incident.id, 'draft');
  const where = { channel, thread: first?.channel === channel ? first.ts : undefined };
  const name = incidentName(record.incident);
  await upload(errand, where, {
    name: `${name}-picture-v${version}.png`,
    title: `${name} as a picture`,
    ...drawing,
  });
  return { type: 'done' };
}

/** What cannot be drawn now cannot be drawn a second later, either. */
export async function drawn<T>(
  { log, delivery }: Pick<Errand, 'log' | 'delivery'>,
  draw: () => Promise<T>,
): Promise<T> {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof CannotDeliver) throw error;
    log.error('picture not drawn', { row: delivery.id }, error);
    throw new CannotDeliver('the picture could not be drawn');
  }
}

/** Uploads the record or its draft as a file to whoever asked. */
export async function exportFile(
  { format, preset }: Extract<NoticeBody, { type: 'file' }>,
  errand: Errand,
): Promise<Delivered> {
  const { calls, delivery } = errand;
  const write = () => exported(errand, format, preset);
  const made = format === 'png' ? await drawn(errand, write) : await write();
  const address = await addressOf(errand);
  const channel = delivery.to.type === 'user' ? await calls.openDirect(address) : address;
  // The delivery's id keeps one export apart from the next, so that a repetition is recognised.
  await upload(errand, { channel }, { ...made, name: `${made.name}-${delivery.id}.${format}` });
  return { type: 'done' };
}

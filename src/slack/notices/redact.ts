import { counted } from '../../domain/counted.ts';
import type { NoticeBody } from '../../domain/decision.ts';
import { type Incident, incidentName } from '../../domain/incident.ts';
import { REDACTED } from '../../domain/redacted.ts';
import { type Line, type Message, note, paragraph, user } from '../../domain/text.ts';
import type { Delivered, Trace } from '../../ports.ts';
import type { Found, Posted } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import { renderMessage } from '../render.ts';
import type { Thread } from '../thread.ts';
import { type Errand, follow, followedBy, incidentOf } from './errand.ts';
import { LOOK_BACK_MS } from './posting.ts';

type Redact = Extract<NoticeBody, { type: 'redact' }>;

/** What the message says from then on, where no blocks are shown. */
const SAID = `${REDACTED}.`;
/** It cannot be edited, only taken away. */
const NO_EDIT = ['cant_update_message', 'edit_window_closed'];
/** Nobody can read it there any more, or not through us. */
const GONE = ['message_not_found', 'channel_not_found', 'not_in_channel', 'thread_not_found'];
const NO_FILE = ['file_not_found', 'file_deleted'];

/** What was found and changed, and what was not found. */
interface Tally {
  messages: number;
  files: number;
  readonly missing: Trace[];
}

/** Where its message is to be looked for; null where nobody can look: only one person ever saw it, or it left Slack. */
async function placeOf(
  { to }: Trace,
  incident: Incident,
  { calls }: Errand,
): Promise<string | null> {
  if (to.type === 'incident') return incident.channel.id;
  if (to.type === 'channel') return to.id;
  return to.type === 'user' ? calls.openDirect(to.id) : null;
}

/** How the files are called that it uploads: see `files.ts`. */
function fileOf({ id, what }: Trace, incident: Incident): (name: string) => boolean {
  if (what.type === 'draft') {
    const wanted = `${incidentName(incident)}-postmortem-v${what.version}.md`;
    return (name) => name === wanted;
  }
  if (what.type === 'picture') {
    const wanted = `${incidentName(incident)}-picture-v${what.version}.png`;
    return (name) => name === wanted;
  }
  return what.type === 'file' ? (name) => name.endsWith(`-${id}.${what.format}`) : () => false;
}

async function blank({ calls }: Errand, where: Posted, message: Message): Promise<boolean> {
  const [rendered] = renderMessage(message);
  try {
    await calls.edit(where, rendered);
  } catch (error) {
    const code = slackCode(error) ?? '';
    if (GONE.includes(code)) return false;
    if (!NO_EDIT.includes(code)) throw error;
    await calls.withdraw(where);
  }
  return true;
}

/** Takes a message away; one that is gone already is gone. */
async function withdraw({ calls }: Errand, where: Posted): Promise<void> {
  try {
    await calls.withdraw(where);
  } catch (error) {
    if (!GONE.includes(slackCode(error) ?? '')) throw error;
  }
}

async function removeFile({ calls }: Errand, id: string): Promise<void> {
  try {
    await calls.removeFile(id);
  } catch (error) {
    if (!NO_FILE.includes(slackCode(error) ?? '')) throw error;
  }
}

/** Every message that a delivery posted, and every file. */
async function postedBy(
  trace: Trace,
  where: Thread,
  isFile: (name: string) => boolean,
  { calls }: Errand,
): Promise<Found[]> {
  const found: Found[] = [];
  const see = (one: Found): boolean => {
    const isPart = one.key === trace.key || one.key?.startsWith(`${trace.key}#`) === true;
    if (isPart || one.files.some(isFile)) found.push(one);
    return false;
  };
  try {
    await calls.since(where, trace.from - LOOK_BACK_MS, see, trace.until + LOOK_BACK_MS);
  } catch (error) {
    if (!GONE.includes(slackCode(error) ?? '')) throw error;
  }
  return found;
}

async function redactOne(trace: Trace, what: Redact, tally: Tally, errand: Errand): Promise<void> {
  const incident = await incidentOf(errand);
  const channel = await placeOf(trace, incident, errand);
  if (channel === null) return;
  const isFile = fileOf(trace, incident);
  const found = new Map<string, Found>();
  for (const place of await placesOf(trace, channel, errand))
    for (const one of await postedBy(trace, place, isFile, errand)) found.set(one.ts, one);
  const shown = [...found.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const first = shown.find(({ key }) => key !== null);
  for (const one of shown) {
    await removeFiles(one, isFile, tally, errand);
    if (one.key === null) continue;
    // A long message was posted in parts: one of them says what became of it, and the others go.
    if (one !== first) await withdraw(errand, { channel, ts: one.ts });
    else if (await leaveWord(one, channel, what, errand)) tally.messages += 1;
  }
  if (found.size === 0) tally.missing.push(trace);
}

const PARTS_OF_DRAFT = ['draft', 'picture'];

/** Later versions of the draft are in the thread of the first. */
async function placesOf(
  { what }: Trace,
  channel: string,
  { store, delivery }: Errand,
): Promise<readonly Thread[]> {
  const first = PARTS_OF_DRAFT.includes(what.type)
    ? await store.post(delivery.incident ?? '', 'draft')
    : null;
  return [{ channel }, ...(first === null ? [] : [{ channel, thread: first.ts }])];
}

async function removeFiles(
  { uploads }: Found,
  isFile: (name: string) => boolean,
  tally: Tally,
  errand: Errand,
): Promise<void> {
  for (const { id } of uploads.filter(({ name }) => isFile(name))) {
    await removeFile(errand, id);
    tally.files += 1;
  }
}

/** Whether the message says now that it is redacted, or is gone. An attempt that was cut short goes on where it stopped. */
const leaveWord = async (
  { ts, text }: Found,
  channel: string,
  what: Redact,
  errand: Errand,
): Promise<boolean> => text === SAID || blank(errand, { channel, ts }, inItsPlace(what));

function inItsPlace({ entry, by, of }: Redact): Message {
  const whose = of === undefined ? '' : ` of ${incidentName(of)}`;
  const line: Line = [`${REDACTED}: it showed what #${entry}${whose} said. By `, user(by), '.'];
  return { summary: [SAID], blocks: [paragraph(...line)] };
}

/** What became of it, for whoever asked. */
function outcome(what: Redact, incident: Incident, { messages, files, missing }: Tally): Message {
  const where = what.of === undefined ? 'Slack' : `the report of ${incidentName(incident)}`;
  const first = `#${what.entry} of ${incidentName(what.of ?? incident)} is redacted in ${where}: ${counted(messages, 'message')} changed, ${counted(files, 'file')} deleted.`;
  const gone =
    missing.length === 0
      ? []
      : [
          paragraph(
            `${counted(missing.length, 'message')} of Muster’s could not be found there, deleted or moved: look whether what is to go can still be read.`,
          ),
        ];
  const rest = note(
    'What people wrote in Slack themselves, and what was copied, downloaded or backed up, is not Muster’s to remove.',
  );
  return { summary: [first], blocks: [paragraph(first), ...gone, rest] };
}

/** Takes a redacted entry out of every message and file of Muster's that showed it. */
export async function redactPosts(what: Redact, errand: Errand): Promise<Delivered> {
  const { delivery, store } = errand;
  if (delivery.incident === null) return { type: 'done' };
  const traces = await store.traces(delivery.incident, what.change);
  // What is being posted in this moment cannot be found yet.
  if (traces.some(({ underWay }) => underWay))
    return { type: 'unsure', reason: 'a message that shows it is being posted' };
  const tally: Tally = { messages: 0, files: 0, missing: [] };
  for (const trace of traces) await redactOne(trace, what, tally, errand);
  const incident = await incidentOf(errand);
  const told = follow(
    errand,
    'redacted',
    { type: 'user', id: what.by },
    outcome(what, incident, tally),
  );
  return followedBy({ type: 'done' }, [told]);
}

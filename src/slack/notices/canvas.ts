import type { NoticeBody } from '../../domain/decision.ts';
import { addressOf as addressed, incidentName } from '../../domain/incident.ts';
import { canvasMarkdown } from '../../domain/postmortem/canvas.ts';
import type { Delivered } from '../../ports.ts';
import { classify, slackCode } from '../outcome.ts';
import { channelOf, type Errand, incidentOf } from './errand.ts';
import { donePosted } from './posting.ts';

/** The names under which it is remembered where a canvas is, or that there can be none. */
const CANVAS = 'canvas';
const NO_CANVAS = 'no canvas';

/** What Slack says once somebody deleted it. */
const GONE = ['canvas_not_found', 'canvas_deleted'];
/** Somebody is typing in it: it is tried again. */
const LOCKED = 'canvas_editing_locked';
const LOCKED_MS = 15_000;

/**
 * Writes the newest version of the draft into the channel's canvas. A canvas that is not ours is left
 * alone. Where there can be none (plan, scope) nobody is told but the doctor: the message and the
 * attached file have everything.
 */
export async function deliverCanvas(
  _: Extract<NoticeBody, { type: 'canvas' }>,
  errand: Errand,
): Promise<Delivered> {
  const incident = await incidentOf(errand);
  const channel = channelOf(incident);
  const draft = await errand.store.draft(incident.id);
  if (!draft) return { type: 'done' };
  const { version } = draft;
  const markdown = canvasMarkdown(draft.markdown, { version, incident: addressed(incident) });
  const title = `${incidentName(incident)} postmortem`;
  try {
    const id = await write(errand, { channel, title, markdown });
    return donePosted(CANVAS, { channel, ts: id });
  } catch (error) {
    const code = slackCode(error);
    if (code === LOCKED) return { type: 'wait', ms: LOCKED_MS, scope: 'method', reason: code };
    // A token that lacks the scope takes everything else: only this waits for nothing.
    const final = classify(error).type === 'failed' || code === 'missing_scope';
    if (code === undefined || !final) throw error;
    errand.log.info('no canvas', { row: errand.delivery.id, reason: code });
    return donePosted(NO_CANVAS, { channel: code, ts: '-' });
  }
}

interface Page {
  readonly channel: string;
  readonly title: string;
  readonly markdown: string;
}

async function write(errand: Errand, page: Page): Promise<string> {
  const { calls, store, delivery } = errand;
  const known = delivery.incident === null ? null : await store.post(delivery.incident, CANVAS);
  if (known !== null) {
    try {
      await calls.editCanvas(known.ts, page.markdown);
      return known.ts;
    } catch (error) {
      if (!GONE.includes(slackCode(error) ?? '')) throw error;
    }
  }
  return make(errand, page);
}

/** Makes one; after a lost answer, the one that is there by now is ours. */
async function make({ calls, delivery, progress }: Errand, page: Page): Promise<string> {
  const there = delivery.unsureSince === null ? null : await calls.canvasOf(page.channel);
  if (there !== null) {
    await calls.editCanvas(there, page.markdown);
    return there;
  }
  progress.posting = true;
  const id = await calls.createCanvas(page.channel, page.title, page.markdown);
  progress.posting = false;
  return id;
}

import type { NoticeBody } from '../../domain/decision.ts';
import { note } from '../../domain/text.ts';
import type { Delivered } from '../../ports.ts';
import { cut } from '../blocks/literal.ts';
import { isSlackError, slackCode } from '../outcome.ts';
import { renderMessage } from '../render.ts';
import { announcement, briefing, card, howItWent, topic } from '../wording.ts';
import { archiveChannel } from './archive.ts';
import { bookmarked, setBookmark } from './bookmark.ts';
import { deliverCanvas } from './canvas.ts';
import { sendCharts } from './charts.ts';
import { createChannel } from './create-channel.ts';
import {
  addressOf,
  CannotDeliver,
  channelOf,
  type Errand,
  followedBy,
  incidentOf,
} from './errand.ts';
import { exportFile, postDraft, postPicture } from './files.ts';
import { inviteTargets } from './invite.ts';
import { mark } from './mark.ts';
import { deliverPing } from './ping.ts';
import { pingGroup } from './ping-group.ts';
import { pingSchedule } from './ping-schedule.ts';
import { donePosted, post, postOrEdit, postParts } from './posting.ts';
import { quietly } from './quietly.ts';
import { reachChannel } from './reach.ts';
import { redactPosts } from './redact.ts';
import { settlePings } from './settle-pings.ts';
import { deliverWelcome } from './welcome.ts';

export type { Errand } from './errand.ts';

type Notices = {
  readonly [T in NoticeBody['type']]: (
    what: Extract<NoticeBody, { type: T }>,
    errand: Errand,
  ) => Promise<Delivered>;
};

const TOPIC_CHARACTERS = 250;
/** Muster or the person is not in that channel, so a whisper there is heard by nobody: write directly. */
const NOT_HERE = ['user_not_in_channel', 'not_in_channel', 'channel_not_found', 'is_archived'];

/** Posts the card once and edits it from then on; a pin that fails costs nothing but the pin. */
async function deliverCard(_: unknown, errand: Errand): Promise<Delivered> {
  const { post: posted, isNew } = await postOrEdit(errand, 'card', await card(errand));
  const done = donePosted('card', posted);
  if (!isNew || done.type !== 'done') return done;
  await errand.calls.pin(posted).catch((error: unknown) => {
    errand.log.warn('card not pinned', { row: errand.delivery.id }, error);
  });
  return followedBy(done, [bookmarked(errand, { type: 'card' })]);
}

/** One for each incident; it follows the incident to another channel when that is configured. */
async function deliverAnnouncement(_: unknown, errand: Errand): Promise<Delivered> {
  const { delivery, calls, store, log } = errand;
  const message = await announcement(errand);
  const known =
    delivery.incident === null ? null : await store.post(delivery.incident, 'announcement');
  const where = await addressOf(errand);
  if (known && known.channel !== where) {
    const moved = note('Announced in ', { type: 'channel', id: where }, ' from now on.');
    const [last] = renderMessage({ ...message, blocks: [...message.blocks, moved] });
    await calls.edit(known, last).catch((error: unknown) => {
      log.info('old announcement not edited', { row: delivery.id });
      if (!isSlackError(error)) throw error;
    });
  }
  const { post: posted } = await postOrEdit(errand, 'announcement', message);
  return donePosted('announcement', posted);
}

async function deliverMessage(
  { message, quiet }: Extract<NoticeBody, { type: 'message' }>,
  errand: Errand,
): Promise<Delivered> {
  const { to } = errand.delivery;
  if (to.type !== 'ephemeral') {
    await post(errand, quiet === true ? await quietly(errand, message) : message);
    return { type: 'done' };
  }
  const parts = renderMessage(message);
  try {
    for (const part of parts) await errand.calls.whisper(to.channel, to.user, part);
  } catch (error) {
    if (!NOT_HERE.includes(slackCode(error) ?? '')) throw error;
    await postParts(errand, { channel: to.user }, parts);
  }
  return { type: 'done' };
}

/** What each kind of notice takes to be delivered. */
export const NOTICES: Notices = {
  'create channel': (_, errand) => createChannel(errand),
  card: deliverCard,
  announcement: deliverAnnouncement,
  topic: async (_, errand) => {
    const incident = await incidentOf(errand);
    await errand.calls.topic(channelOf(incident), cut(await topic(errand), TOPIC_CHARACTERS));
    return { type: 'done' };
  },
  bookmark: setBookmark,
  welcome: deliverWelcome,
  reach: reachChannel,
  archive: archiveChannel,
  invite: inviteTargets,
  message: deliverMessage,
  ping: deliverPing,
  'ping group': pingGroup,
  'ping schedule': pingSchedule,
  'call webhook': async () => {
    // Never gets here: its destination is no conversation, and others carry it.
    throw new CannotDeliver('a webhook is not called through Slack');
  },
  'settle pings': settlePings,
  redact: redactPosts,
  mark,
  briefing: async ({ role }, errand) => {
    await post(errand, await briefing(errand, role));
    return { type: 'done' };
  },
  draft: postDraft,
  canvas: deliverCanvas,
  picture: postPicture,
  'how it went': async (_, errand) => {
    await post(errand, await howItWent(errand));
    return { type: 'done' };
  },
  file: exportFile,
  charts: sendCharts,
};

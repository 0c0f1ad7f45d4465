import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { ChannelEvent } from '../../domain/channel-event.ts';
import { workspaceOf } from '../whose.ts';
import type { Desk } from './desk.ts';

/** Slack's events about a channel, each with its twin for private ones, and what they say. */
export const CHANNEL_EVENTS: Readonly<Record<string, ChannelEvent['type']>> = {
  channel_archive: 'archived',
  group_archive: 'archived',
  channel_unarchive: 'unarchived',
  group_unarchive: 'unarchived',
  channel_rename: 'renamed',
  group_rename: 'renamed',
  channel_deleted: 'deleted',
  group_deleted: 'deleted',
  channel_left: 'left',
  group_left: 'left',
};

/** Messages with which Slack tells that a channel was converted. */
export const CONVERSIONS: Readonly<Record<string, ChannelEvent['type']>> = {
  channel_convert_to_private: 'made private',
  channel_convert_to_public: 'made public',
};

/** An event about a channel, as far as it is read here. */
interface AboutChannel {
  readonly channel?: string | { readonly id?: string };
  readonly user?: string;
  readonly actor_id?: string;
  readonly inviter?: string;
}

const idOf = ({ channel }: AboutChannel): string =>
  (typeof channel === 'string' ? channel : channel?.id) ?? '';

type Told = SlackEventMiddlewareArgs & AllMiddlewareArgs;

/** Somebody did something to a channel. */
export const onChannel =
  (what: ChannelEvent['type']) =>
  (desk: Desk) =>
  async ({ event, body }: Told): Promise<void> => {
    const about = event as AboutChannel;
    await desk.channels.happened({
      workspace: workspaceOf(body),
      channel: idOf(about),
      key: body.event_id,
      actor: about.user ?? about.actor_id ?? '',
      what,
    });
  };

/** Somebody came into a channel. */
export const onJoined =
  (desk: Desk) =>
  async ({ event, body, context }: Told): Promise<void> => {
    const { user = '', inviter } = event as AboutChannel;
    const where = { workspace: workspaceOf(body), channel: idOf(event as AboutChannel) };
    if (user === context.botUserId) {
      await desk.channels.happened({
        ...{ ...where, key: body.event_id, actor: inviter ?? '', what: 'joined' },
      });
      return;
    }
    await desk.channels.moved({ ...where, key: body.event_id, type: 'member back', user });
    // Whoever Muster brings in is told why at the same time: by a ping, a briefing or an answer.
    if (inviter !== undefined && inviter === context.botUserId) return;
    await desk.channels.entered({ ...where, user });
  };

/** Somebody left a channel, or was removed. */
export const onLeft =
  (desk: Desk) =>
  async ({ event, body, context }: Told): Promise<void> => {
    const { user = '' } = event as AboutChannel;
    // That Muster itself was removed is another event.
    if (user === '' || user === context.botUserId) return;
    const where = { workspace: body.team_id, channel: idOf(event as AboutChannel) };
    await desk.channels.moved({ ...where, key: body.event_id, type: 'member left', user });
  };

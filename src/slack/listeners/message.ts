import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { isOwn, isTombstone, type RawMessage } from '../messages/raw.ts';
import { workspaceOf } from '../whose.ts';
import { CONVERSIONS } from './channel.ts';
import type { Desk } from './desk.ts';

/** An event about a message, as far as it is read here. */
interface AboutMessage {
  readonly channel: string;
  readonly subtype?: string;
  readonly user?: string;
  readonly message?: RawMessage;
  readonly previous_message?: RawMessage;
  readonly deleted_ts?: string;
}

/** What became of which message; null for everything that says nothing new about an old one. */
export function changeOf(
  event: AboutMessage,
): { readonly what: 'edited' | 'deleted'; readonly about: RawMessage; readonly ts: string } | null {
  const { subtype, message, previous_message: before, deleted_ts: deleted } = event;
  if (subtype === 'message_deleted' && deleted !== undefined)
    return { what: 'deleted', about: before ?? {}, ts: deleted };
  if (subtype !== 'message_changed' || message?.ts === undefined) return null;
  const what = isTombstone(message) ? 'deleted' : 'edited';
  // A tombstone does not say whose message it was.
  return { what, about: what === 'deleted' ? (before ?? message) : message, ts: message.ts };
}

/** Somebody edited or deleted a message. New ones are nobody's business until somebody reacts. */
export const onMessage =
  (desk: Desk) =>
  async ({
    event,
    body,
    context,
  }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs): Promise<void> => {
    const { botUserId, botId } = context;
    const raw = event as AboutMessage;
    const conversion = CONVERSIONS[raw.subtype ?? ''];
    if (conversion !== undefined) {
      const where = { workspace: workspaceOf(body), channel: raw.channel, key: body.event_id };
      await desk.channels.happened({ ...where, actor: raw.user ?? '', what: conversion });
      return;
    }
    const change = changeOf(raw);
    if (change === null || isOwn(change.about, { botUserId, botId })) return;
    const { what, about, ts } = change;
    await desk.messages.happened({
      where: { workspace: workspaceOf(body), channel: raw.channel, ts },
      what,
      key: body.event_id,
      // Slack does not say who deleted it: Muster is who noticed.
      actor:
        (what === 'edited' ? (about.edited?.user ?? about.user) : undefined) ?? botUserId ?? '',
      self: { botUserId, botId },
    });
  };

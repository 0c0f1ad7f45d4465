import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { ChannelEvent } from '../../domain/channel-event.ts';
import type { Notice } from '../../domain/decision.ts';
import { keepable } from '../../domain/keepable.ts';
import { taken } from '../../handle/taking.ts';
import { type Ports, StoreUnavailable } from '../../ports.ts';
import type { Log } from '../log.ts';
import { classify, isSlackError, slackCode } from '../outcome.ts';
import { type Move, track } from './membership.ts';

/** Something that Slack tells of a channel. */
export interface Happening {
  readonly workspace: string;
  readonly channel: string;
  /** Slack's id of the event. */
  readonly key: string;
  /** Who did it; empty where Slack does not say. */
  readonly actor: string;
  readonly what: ChannelEvent['type'];
}

/** Somebody who came into a channel. */
export type Arrival = Pick<Happening, 'workspace' | 'channel'> & { readonly user: string };

/** What following channels takes. */
export interface Following {
  readonly client: WebClient;
  readonly ports: Ports;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Some ten minutes; what is missed then is found out by the next delivery, or by the doctor. */
const TRIES = 25;
/** How many may wait at once for the database or for Slack. */
const MOST_WAITING = 500;
/** What cannot be looked up any more is believed. */
const BELIEVED: readonly ChannelEvent['type'][] = ['deleted', 'made private', 'made public'];

function mayWorkLater(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  return isSlackError(error) && ['wait', 'unsure'].includes(classify(error).type);
}

/** What is true of the channel now, whatever order events arrive in. */
async function look(client: WebClient, { channel, what }: Happening): Promise<ChannelEvent[]> {
  if (BELIEVED.includes(what)) return [{ type: what } as ChannelEvent];
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const { is_archived: archived = false, is_member: member = true, name } = found ?? {};
    const named = name === undefined ? [] : [{ type: 'renamed', name: keepable(name) } as const];
    // Who is in an archived channel says nothing: Slack may count nobody there.
    if (archived) return [{ type: 'archived' }, ...named];
    return [{ type: 'unarchived' }, { type: member ? 'joined' : 'left' }, ...named];
  } catch (error) {
    // A private channel that Muster is not in does not exist for it.
    if (slackCode(error) === 'channel_not_found') return [{ type: 'left' }];
    throw error;
  }
}

/**
 * What people do to incidents' channels by hand, and who comes into them. Slack is answered at once;
 * what cannot be written down now is tried again for some minutes.
 */
export function createChannels({ client, ports, log }: Following) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { store, wake } = ports;
  let waiting = 0;

  async function persistently(what: string, act: () => Promise<void>): Promise<void> {
    let ms = FIRST_PAUSE_MS;
    for (let n = 1; !signal.aborted; n += 1) {
      const failure = await act().then(
        () => null,
        (error: unknown) => ({ error }),
      );
      if (failure === null) return;
      if (n === TRIES || !mayWorkLater(failure.error)) {
        log.error('channel not followed', { what }, failure.error);
        return;
      }
      await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
      ms = Math.min(LONGEST_PAUSE_MS, ms * 2);
    }
  }

  async function insist(what: string, act: () => Promise<void>): Promise<void> {
    if (waiting >= MOST_WAITING) {
      log.error('channel not followed', { what });
      return;
    }
    waiting += 1;
    try {
      await persistently(what, act);
    } finally {
      waiting -= 1;
    }
  }

  async function follow(happening: Happening): Promise<void> {
    const { workspace, channel, key, actor, what } = happening;
    const incident = await store.inChannel(workspace, channel);
    if (incident === null) return;
    for (const event of await look(client, happening)) {
      const by = event.type === what ? actor : '';
      const action = { type: 'channel', event } as const;
      const taking = { workspace, key: `${key}:${event.type}`, actor: by, action };
      await taken(taking, incident, ports);
    }
  }

  async function receive({ workspace, channel, user }: Arrival): Promise<void> {
    const incident = await store.inChannel(workspace, channel);
    if (incident === null) return;
    const notice: Notice = {
      key: `welcome:${user}`,
      to: { type: 'ephemeral', channel, user },
      what: { type: 'welcome', user },
    };
    // Its key is that of the incident and the person: whoever comes again is not welcomed again.
    await store.tell(workspace, `welcome:${incident.id}`, incident.id, notice);
    wake({ timers: [], outbox: true, work: false });
  }

  return {
    /** Records what became of a channel, if it is an incident's. Never fails. */
    happened: (happening: Happening): Promise<void> =>
      insist(happening.what, () => follow(happening)),
    /** Has somebody told where things stand, once for each incident. Never fails. */
    entered: (arrival: Arrival): Promise<void> => insist('welcome', () => receive(arrival)),
    /** Keeps who is in a private incident's channel no more, and who is again. Never fails. */
    moved: (move: Move): Promise<void> => insist(move.type, () => track(move, { client, ports })),
    stop: (): void => stopping.abort(),
  };
}

export type Channels = ReturnType<typeof createChannels>;

import { randomBytes, randomUUID } from 'node:crypto';
import { typedText } from '../commands/slack-tokens.ts';
import type { Request as ChangeRequest } from '../domain/action.ts';
import type { Address } from '../domain/addressed.ts';
import { asideNameOf, channelNameOf } from '../domain/decide/index.ts';
import { unmistakable } from '../domain/decide/times.ts';
import type { Reply } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { whyDenied } from '../domain/permitting.ts';
import { masked, removedFromTyped, secretsIn } from '../domain/secrets/index.ts';
import { paragraph } from '../domain/text.ts';
import { withMore } from '../handle/input.ts';
import { type Handled, handle, type Input, understood } from '../handle.ts';
import { type Change, type Outcome, type Ports, StoreUnavailable } from '../ports.ts';
import type { Slate } from '../slate.ts';
import { applyTo, type Memory } from './memory.ts';
import { memoryStore } from './memory-store.ts';
import type { Outage } from './outage.ts';
import { MEANWHILE, Refused, WAITS } from './refusing.ts';
import type { Unnumbered } from './unnumbered.ts';
import { keptMessage, keptReply, rememberedReply, waitsReply } from './wording.ts';

export interface KeeperParts {
  readonly ports: Ports;
  readonly memory: Memory;
  readonly unnumbered: Unnumbered;
  readonly outage: Outage;
  readonly slate: Slate;
  /** Told where a line was kept, so that it is looked for there. */
  readonly onKept: (channel: string) => void;
  readonly onError: (error: unknown) => void;
}

/** One line that came while the database was away. */
interface Request {
  readonly input: Input;
  /** When it was received. */
  readonly at: Instant;
  readonly since: Instant;
  /** What was typed, without what looks like a secret: it is written into a channel. */
  readonly text: string;
}

const NO_HINT = { timers: [], outbox: false, work: false };
/** Enough that two channels never want the same name, and short enough to be said. */
const SUFFIX_BYTES = 5;

const opened = 'An incident with this title was opened a moment ago. Go on in its channel.';

/** Without the record only what Slack says of somebody is known: the rest is decided when it is imported. */
function whyNotKept(
  { action, actor, source }: ChangeRequest,
  incident: Incident | null,
  settings: Ports['settings'],
): string | null {
  if (actor.standing !== 'guest') return null;
  const asker = { id: actor.id, standing: actor.standing, takesPart: false };
  return whyDenied({ what: action.type, asker, incident, source }, settings)?.reason ?? null;
}

/** Writing lines into the channels that they are about. */
function createScribe({ ports, memory, unnumbered, slate, onKept }: KeeperParts) {
  async function write({ input, at, since, text }: Request, channel: string, opens: boolean) {
    const { key, actor, source, channel: place } = input;
    await slate.write(channel, keptMessage(actor.id, text, at, since), {
      ...{ type: 'line', key, at, actor: actor.id, source, place, text, opens },
    });
    onKept(channel);
  }

  async function keep(request: Request, channel: string, about: string | null): Promise<Reply> {
    await write(request, channel, false);
    const more = about === null ? undefined : MEANWHILE[about];
    return keptReply(channel, request.text, { ...request, more });
  }

  /** In the channel of the incident that it is about: where it was typed, others may read it. */
  async function ask(request: Request, incident: string | null): Promise<Reply> {
    const known = incident === null ? null : memory.byId(incident);
    const channel = known === null ? request.input.channel : known.incident.channel.id;
    if (channel === null) throw new StoreUnavailable('its channel is not known', 'away');
    return keep(request, channel, null);
  }

  /** The message that it is declared from, as a line of its own: what Slack keeps of a line is its text. */
  async function writeFirst(request: Request, channel: string): Promise<void> {
    const { message, key } = request.input;
    if (message === undefined || message.words.trim() === '') return;
    const text = `log at ${unmistakable(message.at)}, ${message.words}`;
    const input = { ...request.input, key: `${key}:message`, channel };
    await write({ ...request, input, text }, channel, false);
  }

  /** A channel for an incident that gets its number later; the line that opens it stands in it. */
  async function openAside(request: Request, title: string, isPrivate: boolean): Promise<Reply> {
    const { at, since, text, input } = request;
    const twin = unnumbered.twinOf(title, at, input.actor.id);
    if (twin !== undefined) {
      const reply = waitsReply(opened, text, since);
      const there = paragraph({ type: 'channel', id: twin.channel });
      return { ...reply, message: { ...reply.message, blocks: [there, ...reply.message.blocks] } };
    }
    const name = asideNameOf(title, randomBytes(SUFFIX_BYTES).toString('hex'));
    const { id } = await slate.open(name, isPrivate, input.actor.id);
    const declaredBy = input.actor.id;
    unnumbered.opened({ channel: id, title, at, private: isPrivate, declaredBy });
    await write(request, id, true);
    await writeFirst(request, id);
    return keptReply(id, text, { at, since, more: MEANWHILE.open });
  }

  async function change(request: Request, { request: asked, key, subject }: Change) {
    const { action } = asked;
    const reason = WAITS[action.type];
    if (reason !== undefined) throw new Refused(reason);
    const glance = subject.type === 'incident' ? memory.byId(subject.id) : null;
    const no = whyNotKept(asked, glance?.incident ?? null, ports.settings);
    if (no !== null) throw new Refused(no);
    if (subject.type === 'new') {
      if (action.type !== 'open') throw new Refused('This can wait until the database is back.');
      return openAside(request, action.title, action.private);
    }
    const channel = memory.byId(subject.id)?.incident.channel.id ?? null;
    if (channel === null) throw new StoreUnavailable('its channel is not known', 'away');
    const reply = await keep(request, channel, action.type);
    const { at: now } = request;
    const world = { now, typedAt: now, settings: ports.settings, newId: randomUUID };
    applyTo(memory, key, subject.id, asked, world);
    return reply;
  }

  return { keep, ask, change };
}

/** Does without the database what can be done without it. */
export function createKeeper(parts: KeeperParts) {
  const { ports, memory, unnumbered, outage, slate } = parts;
  const scribe = createScribe(parts);

  const isOurs = async (channel: string): Promise<boolean> =>
    unnumbered.has(channel) || (await slate.isOurs(channel));

  const isChannelOf = async (address: Address, channel: string): Promise<boolean> => {
    const { name } = await slate.named(channel);
    const begins = channelNameOf(address, '');
    return name === begins || name.startsWith(`${begins}-`);
  };

  async function fromMemory(request: Request): Promise<Handled> {
    let wasKept = false;
    const keeping = async (what: Promise<Reply>): Promise<Reply> => {
      const reply = await what;
      wasKept = true;
      return reply;
    };
    const store = memoryStore(memory, outage.now, {
      change: async (asked): Promise<Outcome> => ({
        reply: await keeping(scribe.change(request, asked)),
        ...{ repeated: false, incident: null, hint: NO_HINT },
      }),
      question: ({ pending }) => keeping(scribe.ask(request, pending?.incident ?? null)),
      isOurs,
      asked: request.input,
      overrides: (workspace) => ports.overrides?.of(workspace) ?? [],
    });
    const handled = await handle(request.input, { ...ports, store, wake: () => undefined });
    if (handled.type !== 'reply' || wasKept) return handled;
    const { reply } = handled;
    const asOf = reply.outcome === 'refused' ? null : memory.asOf();
    return { type: 'reply', reply: rememberedReply(reply, asOf, request.since) };
  }

  /** A line that changes something in a channel of which nothing is remembered but that it is ours. */
  async function byChannel(request: Request): Promise<Handled | null> {
    const { input, text } = request;
    const line = understood({ text, actor: input.actor }, ports.settings);
    if (!line.ok) return null;
    const { intent, about, address } = line.value;
    const action = intent.type === 'change' ? intent.action.type : null;
    const isChange = action !== null && about !== 'workspace' && WAITS[action] === undefined;
    if (!isChange && intent.type !== 'confirm') return null;
    if (!(await isOurs(input.channel))) return null;
    // Of another incident nothing is written here: it may be a private one.
    if (address !== null && !(await isChannelOf(address, input.channel))) return null;
    const reply = await scribe.keep(request, input.channel, action);
    const removed = removedFromTyped(secretsIn(text)).map((one) => paragraph(...one));
    return withMore({ type: 'reply', reply }, removed);
  }

  /** What `what` gives; null where it could not be done either. */
  async function attempt(request: Request, what: typeof byChannel): Promise<Handled | null> {
    try {
      return await what(request);
    } catch (error) {
      if (error instanceof Refused)
        return { type: 'reply', reply: waitsReply(error.reason, request.text, request.since) };
      if (!(error instanceof StoreUnavailable)) parts.onError(error);
      return null;
    }
  }

  /**
   * Answers a line that the database did not take: kept in Slack, looked up in memory, or refused
   * with the reason. Null when that was not possible either: then nothing was kept.
   */
  return async (input: Input, at: Instant): Promise<Handled | null> => {
    const typed = input.source === 'command' ? typedText(input.text) : input.text;
    const text = masked(typed).text;
    const since = outage.since() ?? at;
    const request: Request = { input, at, since, text: text.trim() };
    return (await attempt(request, fromMemory)) ?? (await attempt(request, byChannel));
  };
}

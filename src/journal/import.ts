import { escapedText } from '../commands/slack-tokens.ts';
import type { Reply } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { instant, type Line, user } from '../domain/text.ts';
import { type Handled, handle } from '../handle.ts';
import { type Ports, StoreUnavailable } from '../ports.ts';
import type { Escalation, Found, Slate, TypedLine } from '../slate.ts';
import { laterMessage } from './wording.ts';

export interface ImporterParts {
  readonly ports: Ports;
  readonly slate: Slate;
  readonly workspace: string;
  readonly now: () => Instant;
  /** Lets the clocks of an incident fire as of then, as a replica did without the database. */
  readonly fireAsOf: (incident: string, at: Instant) => Promise<void>;
  readonly onImported: (found: Found, outcome: Reply['outcome'] | 'fired' | 'fault') => void;
  readonly onError: (error: unknown, found: Found) => void;
}

/** A kept line with the reply that it got now. */
interface Answered {
  readonly line: TypedLine;
  readonly reply: Reply;
}

const said = (handled: Handled): Promise<Reply> | Reply | null => {
  if (handled.type === 'form') return null;
  return handled.type === 'later' ? handled.reply() : handled.reply;
};

const ASKED: Line = ['Imported. There is a question about it for '];
const REFUSED: Line = ['This could not be done. The reason went to '];

const BROKEN: Line = ['This could not be imported: Muster ran into an error. Type it again.'];

/** What the channel is told of a line. */
function outcomeOf({ line, reply }: Answered, now: Instant): Line {
  if (reply.outcome === 'asked') return [...ASKED, user(line.actor), '.'];
  if (reply.outcome === 'refused') return [...REFUSED, user(line.actor), '.'];
  const done: Line = ['Imported at ', instant(now), '.'];
  return line.opens ? [...reply.message.summary, ' ', ...done] : done;
}

/** Does, once and in their order, what was kept in Slack while the database was away. */
export function createImporter(parts: ImporterParts) {
  const { ports, slate, workspace } = parts;

  async function perform(line: TypedLine, channel: string): Promise<Reply | null> {
    const { key, actor: id, source, place, text, at, opens } = line;
    const known = await ports.store.person(workspace, id);
    const zone = known?.zone ?? (await slate.zoneOf(id).catch(() => null));
    const handled = await handle(
      {
        workspace,
        key,
        actor: { id, zone },
        channel: place,
        text: source === 'command' ? escapedText(text) : text,
        source,
        // A clock that was ahead must not date anything into the future.
        journaled: {
          at: Math.min(at, parts.now()),
          channel: opens ? await slate.named(channel) : null,
        },
      },
      ports,
    );
    return said(handled);
  }

  /** Whoever must know what came of it: the one who typed it, or the channel. */
  async function tell({ line, reply }: Answered, channel: string): Promise<void> {
    const settled = reply.outcome === 'done';
    if (settled && reply.to === 'asker') return;
    const message = settled ? reply.message : laterMessage(reply, line.text, line.at);
    const to = settled
      ? ({ type: 'channel', id: channel } as const)
      : ({ type: 'user', id: line.actor } as const);
    await ports.store.tell(workspace, line.key, null, {
      key: 'imported',
      to,
      what: { type: 'message', message },
    });
    ports.wake({ timers: [], outbox: true, work: false });
  }

  async function importLine(found: Found, line: TypedLine): Promise<Line> {
    const reply = await perform(line, found.channel);
    if (reply === null) return ['Nothing had to be done.'];
    const answered = { line, reply };
    await tell(answered, found.channel);
    parts.onImported(found, reply.outcome);
    return outcomeOf(answered, parts.now());
  }

  async function importEscalation(found: Found, { incident, at }: Escalation): Promise<Line> {
    await parts.fireAsOf(incident, at);
    parts.onImported(found, 'fired');
    return ['Imported at ', instant(parts.now()), '.'];
  }

  /** What became of it, as the channel is told. */
  async function done(found: Found): Promise<Line> {
    const { kept } = found;
    try {
      if (kept.type === 'escalation') return await importEscalation(found, kept);
      return await importLine(found, kept);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      parts.onError(error, found);
      parts.onImported(found, 'fault');
      return BROKEN;
    }
  }

  /**
   * Imports one of them; false where that is done but Slack would not let it be marked. Throws
   * `StoreUnavailable` when the database went away again. A fault of ours is told in the channel,
   * and does not hold up the others.
   */
  return async (found: Found): Promise<boolean> => {
    const outcome = await done(found);
    try {
      await slate.settle(found, outcome);
      return true;
    } catch (error) {
      parts.onError(error, found);
      return false;
    }
  };
}

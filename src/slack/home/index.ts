import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from '../../domain/decision.ts';
import type { Message } from '../../domain/text.ts';
import { createLookers, type Looker } from './lookers.ts';
import { createPublishing, type PublishingParts } from './publishing.ts';

export interface HomeOptions extends PublishingParts {
  /** How often it is asked whether something has changed while somebody looks. */
  readonly everyMs?: number;
  /** Between two refreshes that nobody asked for: Slack takes a hundred views a minute. */
  readonly paceMs?: number;
}

const EVERY_MS = 3000;
const PACE_MS = 700;
/** An answer with more blocks than this hides what is below it; it goes into a message. */
const MOST_SAID = 8;

/** Messages alone may have tables. */
const fits = ({ blocks }: Message): boolean =>
  blocks.length <= MOST_SAID && !blocks.some(({ type }) => type === 'table');

/**
 * Everybody's Home tab: published when it is opened or something is pressed there, and again when
 * something changes while it was looked at lately.
 *
 * Who looks is known to the process that was told, and to nobody after a restart: opening it again
 * publishes it again.
 */
export function createHome(options: HomeOptions) {
  const { ports, everyMs = EVERY_MS, paceMs = PACE_MS } = options;
  const lookers = createLookers();
  const publish = createPublishing(options);
  const marks = new Map<string, string>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let timer: NodeJS.Timeout | undefined;
  let rounding = false;

  async function refresh(looker: Looker, asked: boolean): Promise<boolean> {
    const outcome = await publish(looker, asked);
    if (outcome === 'hopeless') lookers.forget(looker);
    return outcome === 'done';
  }

  async function changedIn(workspace: string): Promise<boolean> {
    // While the database is away nobody can say: once it was told, and again when it is back.
    const mark = await ports.store.homeMark(workspace).catch(() => 'away');
    const changed = marks.get(workspace) !== mark;
    marks.set(workspace, mark);
    return changed;
  }

  async function lookRound(all: readonly Looker[]): Promise<void> {
    for (const workspace of new Set(all.map((one) => one.workspace))) {
      const changed = await changedIn(workspace);
      const stale = all.filter((one) => one.workspace === workspace && (changed || one.stale));
      for (const looker of stale) {
        if (signal.aborted) return;
        await refresh(looker, false);
        await pause(paceMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  function tick(): void {
    const all = lookers.lately();
    if (all.length === 0) {
      clearInterval(timer);
      timer = undefined;
      marks.clear();
    } else if (!rounding) {
      rounding = true;
      void lookRound(all).finally(() => {
        rounding = false;
      });
    }
  }

  async function shownTo(workspace: string, user: string, said: Message | null): Promise<boolean> {
    const looker = lookers.saw(workspace, user);
    looker.said = said;
    const published = await refresh(looker, true);
    if (timer === undefined && !signal.aborted) timer = setInterval(tick, everyMs).unref();
    return published;
  }

  return {
    /** Somebody opened it, or wants it as it is now. Never fails. */
    opened: (workspace: string, user: string): Promise<boolean> => shownTo(workspace, user, null),
    /**
     * Shows the answer to what was pressed there, above the rest as it is now; false where it is too
     * long for that or was not shown, and has to go elsewhere. Never fails.
     */
    async answer(workspace: string, user: string, { message }: Reply): Promise<boolean> {
      if (fits(message)) return shownTo(workspace, user, message);
      await shownTo(workspace, user, null);
      return false;
    },
    stop(): void {
      stopping.abort();
      clearInterval(timer);
    },
  };
}

export type Home = ReturnType<typeof createHome>;

import { isOver } from '../domain/incident.ts';
import { HOUR, type Instant } from '../domain/instant.ts';
import type { Glance } from '../ports.ts';
import type { Found } from '../slate.ts';
import { createImporter } from './import.ts';
import { createKeeper } from './keep.ts';
import { createMemory } from './memory.ts';
import { createOutage, type Ended, type Outage } from './outage.ts';
import type { JournalParts, Silent } from './parts.ts';
import { createRecovery } from './recovery.ts';
import { createUnnumbered } from './unnumbered.ts';

/** After so long somebody else looks for what a process has kept. */
const SILENT_MS = 15_000;
/** A hitch in which nothing was kept here: no clock was late enough to be stopped by it. */
const HITCH_MS = 2000;
const MOST_CHANNELS = 200;

/** Takes over what is found in Slack, as soon as it is known which workspace this is. */
function createImports(parts: JournalParts, outage: Outage) {
  let importOne: ReturnType<typeof createImporter> | null = null;
  return async (found: Found): Promise<boolean> => {
    const workspace = parts.workspace();
    if (workspace === null) return false;
    importOne ??= createImporter({
      ...parts,
      workspace,
      now: outage.now,
      onImported: (_, outcome) => parts.onImported(outcome),
      onError: (error) => parts.onError('import', error),
    });
    return importOne(found);
  };
}

/** What the parts of journal mode share. */
export function furnish(parts: JournalParts) {
  const { slate } = parts;
  const memory = createMemory();
  const outage = createOutage();
  const unnumbered = createUnnumbered();
  /** Channels in which this process has kept something since it last reached the database, and when first. */
  const touched = new Map<string, Instant>();
  const touch = (channel: string): void => {
    // By the database's clock, which may be turned before it is looked at.
    touched.set(channel, Math.min(outage.now(), touched.get(channel) ?? Number.POSITIVE_INFINITY));
  };
  const recovery = createRecovery({
    slate,
    importOne: createImports(parts, outage),
    // Another process may have been faster: its incident has a number all the same.
    onFinished: unnumbered.numbered,
    onError: (error, channel) => parts.onError(`reading ${channel}`, error),
  });
  const keep = createKeeper({
    ...{ ports: parts.ports, slate, memory, outage, unnumbered },
    onKept: (channel) => {
      touch(channel);
      parts.onKept();
    },
    onError: (error) => parts.onError('keeping', error),
  });
  return { memory, outage, unnumbered, touched, touch, recovery, keep };
}

export type Furniture = ReturnType<typeof furnish>;

/** Which channels to look at when the database is back. */
export function createSearch(
  parts: JournalParts,
  { memory, outage, touched, recovery }: Furniture,
) {
  const channelOf = ({ incident: { channel } }: Glance): string[] =>
    channel.id === null ? [] : [channel.id];

  /** Silent processes whose channels are being looked at, by their ids. */
  const found = new Map<string, Silent>();

  const isDue = ({ timers }: Glance): boolean =>
    timers.some(({ state, dueAt }) => state === 'pending' && dueAt <= outage.now());

  /** Every channel in which a process of which nothing is known may have kept something. */
  async function everywhere(oldest: Instant): Promise<void> {
    const made = (await parts.slate.channels()).filter(({ created }) => created >= oldest - HOUR);
    // What has gone by last comes last in memory, and first here: not all of it can be looked at.
    const known = [...memory.all()].reverse();
    const open = known.filter(({ incident }) => !isOver(incident));
    const ids = [...made.map(({ id }) => id), ...[...open, ...known].flatMap(channelOf)];
    for (const channel of [...new Set(ids)].slice(0, MOST_CHANNELS)) recovery.add(channel, oldest);
  }

  return {
    /** What we kept ourselves, and incidents whose clocks would fire now: others may have stopped them. */
    since({ since, ms }: Ended): void {
      if (ms < HITCH_MS && touched.size === 0) return;
      const due = memory.all().filter(isDue).flatMap(channelOf).slice(0, MOST_CHANNELS);
      for (const channel of [...touched.keys(), ...due]) recovery.add(channel, since);
      touched.clear();
    },
    /**
     * What was still on its way to Slack when the outage was over: it would wait there for the end
     * of the next one.
     */
    late(): void {
      for (const [channel, at] of touched) recovery.add(channel, at);
      touched.clear();
    },
    /** What processes kept that have not been heard of for a while. */
    async silent(): Promise<void> {
      const silent = await parts.replicas.silent(SILENT_MS);
      const news = silent.filter(({ id, seenAt }) => found.get(id)?.seenAt !== seenAt);
      if (news.length === 0) return;
      await everywhere(Math.min(...news.map(({ seenAt }) => seenAt)));
      for (const one of news) found.set(one.id, one);
    },
    /** Not before it is imported: should we be killed meanwhile, another has to look for it. */
    async forgetSilent(): Promise<void> {
      if (!recovery.isEmpty()) return;
      for (const one of found.values()) await parts.replicas.forget(one);
      found.clear();
    },
  };
}

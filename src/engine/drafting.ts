import type { Notice } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { composeDraft, draftMarkdown, draftMessage } from '../domain/postmortem/index.ts';
import type { IncidentRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import type { Message } from '../domain/text.ts';
import { folded } from './folded.ts';

/** A draft that is wanted, leased to this process. */
export interface DraftWork {
  readonly id: string;
  readonly incident: string;
  readonly gen: number;
  readonly reason: 'resolved' | 'corrected' | 'asked';
}

export interface DraftingParts {
  readonly claim: () => Promise<DraftWork | null>;
  readonly done: (item: DraftWork) => Promise<unknown>;
  readonly failed: (item: DraftWork, why: string) => Promise<unknown>;
  readonly nextVersion: (incident: string) => Promise<number>;
  readonly keepDraft: (
    incident: string,
    version: number,
    draft: { markdown: string; message: Message; basedOn: number },
    notices: readonly Notice[],
  ) => Promise<boolean>;
  readonly record: (incident: string) => Promise<IncidentRecord | null>;
  readonly settings: Settings;
  readonly onDrafted: (incident: string, version: number, ms: number) => void;
  readonly onError: (error: unknown, incident: string | null) => void;
}

const notice = (version: number): Notice => ({
  key: `draft:${version}`,
  to: { type: 'incident' },
  what: { type: 'draft', version },
});

async function draftOne(parts: DraftingParts, incident: string): Promise<void> {
  const began = performance.now();
  const record = await parts.record(incident);
  if (!record) return;
  const version = await parts.nextVersion(incident);
  const now: Instant = record.asOf;
  const draft = composeDraft({ records: [record] }, parts.settings, { version, now });
  const kept = await parts.keepDraft(
    incident,
    version,
    {
      markdown: draftMarkdown(draft),
      message: draftMessage(draft),
      basedOn: record.incident.seq,
    },
    [notice(version)],
  );
  if (kept) parts.onDrafted(incident, version, performance.now() - began);
}

/**
 * Composes the drafts that are wanted, one after another, apart from the timers: a long record
 * never delays a ping. Kicks while it works are folded into one more look.
 */
export function createDrafting(parts: DraftingParts) {
  async function next(): Promise<boolean> {
    const item = await parts.claim();
    if (!item) return false;
    try {
      await draftOne(parts, item.incident);
      await parts.done(item);
    } catch (error) {
      parts.onError(error, item.incident);
      await parts.failed(item, error instanceof Error ? error.message : String(error));
    }
    return true;
  }

  return folded(
    async () => {
      while (await next());
    },
    (error) => parts.onError(error, null),
  );
}

export type Drafting = ReturnType<typeof createDrafting>;

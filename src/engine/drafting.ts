import type { Notice } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import {
  changedBetween,
  composeDraft,
  draftMarkdown,
  draftMessage,
} from '../domain/postmortem/index.ts';
import type { Report } from '../domain/record.ts';
import { type Settings, settingsIn } from '../domain/settings.ts';
import type { Message } from '../domain/text.ts';
import { folded } from './folded.ts';

/** A draft that is wanted, leased to this process. */
export interface DraftWork {
  readonly id: string;
  readonly incident: string;
  readonly gen: number;
  readonly reason: 'resolved' | 'corrected' | 'asked';
}

/** A version, and of which states of which incidents it is: the first one's, and the others'. */
interface NewDraft {
  readonly markdown: string;
  readonly message: Message;
  readonly basedOn: number;
  readonly others: readonly { readonly id: string; readonly seq: number }[];
}

export interface DraftingParts {
  readonly claim: () => Promise<DraftWork | null>;
  readonly done: (item: DraftWork) => Promise<unknown>;
  readonly failed: (item: DraftWork, why: string) => Promise<unknown>;
  /** The version that was kept last; null before there is one. */
  readonly newest: (
    incident: string,
  ) => Promise<{ readonly version: number; readonly markdown: string } | null>;
  /** Has the reports composed again, too, that this incident was put into. */
  readonly keepDraft: (
    incident: string,
    version: number,
    draft: NewDraft,
    notices: readonly Notice[],
  ) => Promise<boolean>;
  readonly report: (incident: string) => Promise<Report | null>;
  readonly settings: Settings;
  readonly onDrafted: (incident: string, version: number, ms: number) => void;
  readonly onError: (error: unknown, incident: string | null) => void;
}

/** The draft, and after it the picture: what becomes of that holds up nothing. */
const notices = (version: number): readonly Notice[] => [
  { key: `draft:${version}`, to: { type: 'incident' }, what: { type: 'draft', version } },
  { key: `picture:${version}`, to: { type: 'incident' }, what: { type: 'picture', version } },
];

/** It is written from the newest version, so that one that waits stands for those after it. */
const canvas = (version: number): Notice => ({
  key: `canvas:${version}`,
  to: { type: 'chores' },
  collapse: 'canvas',
  what: { type: 'canvas' },
});

/** A correction of which nothing is seen in the document makes no version: nobody is to read it twice. */
async function draftOne(parts: DraftingParts, { incident, reason }: DraftWork): Promise<void> {
  const began = performance.now();
  const report = await parts.report(incident);
  const [record, ...others] = report?.records ?? [];
  if (!report || !record) return;
  const before = await parts.newest(incident);
  const version = (before?.version ?? 0) + 1;
  const now: Instant = record.asOf;
  const draft = composeDraft(report, settingsIn(parts.settings, record.incident.workspace), {
    version,
    now,
  });
  const markdown = draftMarkdown(draft);
  const since = before && {
    version: before.version,
    changed: changedBetween(before.markdown, markdown),
  };
  if (reason === 'corrected' && since?.changed.length === 0) return;
  const kept = await parts.keepDraft(
    incident,
    version,
    {
      markdown,
      message: draftMessage(draft, since),
      basedOn: record.incident.seq,
      others: others.map(({ incident: { id, seq } }) => ({ id, seq })),
    },
    [...notices(version), canvas(version)],
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
      await draftOne(parts, item);
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

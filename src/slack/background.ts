import type { Identity } from './identity.ts';

/** What looks something up in the background as soon as Slack has said who we are. */
interface Background {
  readonly start: (workspace: string, known: Identity) => Promise<void>;
}

/** Begins all of it, one after the other: Slack counts calls by the minute. */
export async function lookRound(known: Identity, all: readonly Background[]): Promise<void> {
  for (const one of all) await one.start(known.workspace, known);
}

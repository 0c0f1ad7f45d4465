import { type Change, notify } from './change.ts';

/** Shows at each message whether it stands on the timeline now, where that has changed. */
export function markMessages(change: Change): void {
  const before = new Map(change.revised.toReversed().map((one) => [one.entry.no, one.revision]));
  const now = new Map(
    [...change.entries, ...change.revised.map(({ entry }) => entry)].map((one) => [one.no, one]),
  );
  for (const { no, detail, struck } of now.values()) {
    const was = before.get(no)?.before;
    const on = struck === null;
    const wasOn = was?.detail?.message !== undefined && was.struck === null;
    // Muster need not be where an incident was declared from, and a mark would give a private one away.
    if (detail?.message === undefined || detail.message.elsewhere || on === wasOn) continue;
    // What a merge brings over is marked already.
    if (was === undefined && detail.origin !== undefined) continue;
    const { channel, ts } = detail.message;
    notify(change, `mark:${no}`, {
      to: { type: 'chores' },
      what: { type: 'mark', channel, ts, on },
    });
  }
}

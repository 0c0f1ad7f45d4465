import type { Incident } from '../incident.ts';
import type { Ping } from '../ping.ts';
import type { Settings } from '../settings.ts';
import type { Line, Message } from '../text.ts';
import { type Change, notify } from './change.ts';
import { message, type ReplyParts } from './wording.ts';

/** Says something in the incident's channel, once. */
export function tellChannel(change: Change, first: Line, parts: ReplyParts = {}): void {
  const said: Message = message(first, parts);
  notify(change, 'said', { to: { type: 'incident' }, what: { type: 'message', message: said } });
}

/** The same where it tells who is next: they are named, for a mention would ping them now. */
export function tellChannelQuietly(change: Change, first: Line, parts: ReplyParts = {}): void {
  const what = { type: 'message', message: message(first, parts), quiet: true } as const;
  notify(change, 'said', { to: { type: 'incident' }, what });
}

/** Whether others are told that it exists: never of private ones and drills, nor of what is over already. */
export const isAnnounced = (
  { private: hidden, recorded, drill }: Incident,
  { announce: where }: Pick<Settings, 'announce'>,
): boolean => where !== null && !hidden && !recorded && !drill;

/** Posts the announcement, or edits it in place. */
export function announce(change: Change, settings: Pick<Settings, 'announce'>): void {
  if (settings.announce === null || !isAnnounced(change.incident, settings)) return;
  notify(change, 'announcement', {
    to: { type: 'channel', id: settings.announce },
    collapse: 'announcement',
    what: { type: 'announcement' },
  });
}

/** Pings that an acknowledgement answers: somebody is there. */
export const CALLS = ['policy', 'acknowledge', 'presence', 'page'] as const;

/** Pings that have no point once the incident is over; reminders of what comes afterwards have. */
export const WHILE_OPEN = [...CALLS, 'commander', 'update', 'mitigate', 'resolve'] as const;

/**
 * Takes the buttons off the pings so far of these clocks, or of every clock, and says in them what
 * became of them. Once for the same clocks within a change.
 */
export function settlePings(
  change: Change,
  line: Line,
  timers: readonly Ping['timer'][] | null,
): void {
  const name = timers === null ? 'settle' : `settle:${timers.join('+')}`;
  notify(change, name, { to: { type: 'chores' }, what: { type: 'settle pings', line, timers } });
}

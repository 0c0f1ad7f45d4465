import type { Settings } from '../settings.ts';
import { type Change, notify } from './change.ts';

const SERVICE = 'service';

/** The links that are configured for this incident: when it is opened, and when its service becomes known. */
export function bookmarkLinks(
  change: Change,
  { links }: Pick<Settings, 'links'>,
  fresh: boolean,
): void {
  const before = change.snapshot.incident.header[SERVICE];
  const service = change.incident.header[SERVICE];
  const isNew = service !== before;
  for (const { title, url, service: only } of links) {
    const isMeant = only === null ? fresh : isNew && isSame(only, service);
    if (!isMeant) continue;
    notify(change, `bookmark:${title}:${url}`, {
      to: { type: 'chores' },
      what: { type: 'bookmark', of: { type: 'link', title, url } },
    });
  }
}

const isSame = (only: string, service: string | undefined): boolean =>
  only.toLowerCase() === service?.trim().toLowerCase();

import type { Instant } from '../../domain/instant.ts';
import type { WebhookEvent } from '../event.ts';
import type { WebhookRequest } from '../send.ts';

/** Where a request goes and what makes it ours. */
export interface Access {
  readonly url: string;
  readonly key: string;
  /** When it is sent, for signing. */
  readonly now: Instant;
}

/** How the requests of one kind of receiver look. */
export type Format = (event: WebhookEvent, access: Access) => WebhookRequest;

/** The content type of every format there is. */
export const JSON_BODY = { 'content-type': 'application/json' } as const;

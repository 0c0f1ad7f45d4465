import type { Webhook } from '../../domain/settings.ts';
import type { Format } from './format.ts';
import { muster } from './muster.ts';
import { opsgenie } from './opsgenie.ts';
import { pagerduty } from './pagerduty.ts';

export type { Access, Format } from './format.ts';

/** How the requests of every kind of receiver look. */
export const FORMATS: Readonly<Record<Webhook['format'], Format>> = { muster, pagerduty, opsgenie };

import type { ChannelEvent } from '../../domain/channel-event.ts';
import type { Incident } from '../../domain/incident.ts';
import { taken } from '../../handle/taking.ts';
import type { Errand } from './errand.ts';

/** Records what a delivery found out about the channel, or did to it: once, however often it is tried. */
export async function record(
  { delivery, settings, store }: Errand,
  incident: Incident,
  event: ChannelEvent,
): Promise<void> {
  const { workspace, key } = delivery;
  const action = { type: 'channel', event } as const;
  // Whatever follows from it is found by the next look into the outbox.
  const ports = { store, settings, wake: () => undefined };
  await taken({ workspace, key: `found:${key}:${event.type}`, actor: '', action }, incident, ports);
}

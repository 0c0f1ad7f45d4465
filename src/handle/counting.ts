import type { Read } from '../commands/command.ts';
import type { Instant, Zone } from '../domain/instant.ts';
import { readPeriod } from '../domain/stats/period.ts';
import { statsOf } from '../domain/stats/stats.ts';
import { note } from '../domain/text.ts';
import { isZone } from '../domain/time/zone-names.ts';
import { statsPage } from '../domain/views/stats.ts';
import type { Ports } from '../ports.ts';
import { type Handled, type Input, shown } from './input.ts';
import { refused } from './refused.ts';

/** Counts incidents of a period, for the eyes of whoever asked; charts follow as a direct message. */
export async function counted(
  { period: typed, charts }: Extract<Read, { type: 'stats' }>,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { store, settings } = ports;
  const { workspace, actor } = input;
  const zone = zoneOf(actor.zone);
  const now = await store.now();
  const period = readPeriod(typed, { now, zone });
  if (!period.ok) {
    const [offer] = period.refusal.offers;
    const example = `stats ${offer?.typed ?? '30 days'}`;
    return refused({ reason: `${period.refusal.reason}.`, example }, input, ports);
  }
  const { from, to } = period.value;
  const facts = await store.stats({ workspace, viewer: actor.id, from, to });
  const message = statsPage(statsOf(facts, period.value, settings, zone), typed, zone);
  if (!charts || facts.incidents.length === 0) return shown(message);
  await sendCharts({ from, to, zone }, input, ports);
  const sent = note('The charts come to you as a direct message.');
  return shown({ ...message, blocks: [...message.blocks.slice(0, -1), sent] });
}

const zoneOf = (zone: Zone | null): Zone => (zone !== null && isZone(zone) ? zone : 'UTC');

/** Privately: what they may see, and is counted, others may not. */
async function sendCharts(
  what: { readonly from: Instant; readonly to: Instant; readonly zone: Zone },
  { workspace, key, actor }: Input,
  { store, wake }: Ports,
): Promise<void> {
  await store.tell(workspace, key, null, {
    key: `charts:${key}`,
    to: { type: 'user', id: actor.id },
    what: { type: 'charts', ...what },
  });
  wake({ timers: [], outbox: true, work: false });
}

import type { NoticeBody } from '../../domain/decision.ts';
import { statsOf } from '../../domain/stats/stats.ts';
import { charts } from '../../exports/charts/index.ts';
import type { Delivered } from '../../ports.ts';
import { addressOf, CannotDeliver, type Errand } from './errand.ts';
import { drawn, upload } from './files.ts';

/** Sends charts to whoever asked, and to nobody else: others may not see all that is counted in them. */
export async function sendCharts(
  { from, to, zone }: Extract<NoticeBody, { type: 'charts' }>,
  errand: Errand,
): Promise<Delivered> {
  const { delivery, store, settings, calls } = errand;
  if (delivery.to.type !== 'user') throw new CannotDeliver('charts go to one person only');
  const viewer = delivery.to.id;
  const facts = await store.stats({ workspace: delivery.workspace, viewer, from, to });
  const stats = statsOf(facts, { from, to }, settings, zone);
  const drawing = await drawn(errand, () => charts(stats, zone, facts.asOf));
  const channel = await calls.openDirect(await addressOf(errand));
  // The delivery's id, so that a repetition is recognised.
  const name = `incidents-${delivery.id}.png`;
  await upload(errand, { channel }, { name, title: 'Incidents in figures', ...drawing });
  return { type: 'done' };
}

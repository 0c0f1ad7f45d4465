import type { Notice, NoticeBody } from '../../domain/decision.ts';
import { DAY, type Instant } from '../../domain/instant.ts';
import { courseOf, ruleOf } from '../../domain/timers/index.ts';
import { archivedSoon } from '../../domain/views/channel-shut.ts';
import type { Delivered } from '../../ports.ts';
import { classify } from '../outcome.ts';
import { channelOf, type Errand, followedBy, glanceOf } from './errand.ts';
import { record } from './found.ts';
import { post } from './posting.ts';

type Archive = Extract<NoticeBody, { type: 'archive' }>;

/** When a person last wrote in the channel within the last day; null where nobody did. */
async function lastWritten(
  { calls }: Errand,
  channel: string,
  now: Instant,
): Promise<Instant | null> {
  let last: Instant | null = null;
  await calls.since({ channel }, now - DAY, ({ ts, human }) => {
    if (human) last = Math.round(Number(ts) * 1000);
    return last !== null;
  });
  return last;
}

/** The next look, in a line of its own that holds nobody up. */
const again = ({ delivery }: Errand, what: Omit<Archive, 'type'>, notBefore: Instant): Notice => ({
  key: `${delivery.key}:${what.noticed ? 'put away' : 'look again'}`,
  to: { type: 'chores' },
  notBefore,
  what: { type: 'archive', ...what },
});

/**
 * Archives the channel of an incident that is over, in steps a day apart: it is said in the channel, and
 * a day later it is done. As long as people write there it begins anew a day after they stopped. An
 * incident that was reopened, or is due later by now, is left alone.
 */
export async function archiveChannel(what: Archive, errand: Errand): Promise<Delivered> {
  const { incident, asOf } = await glanceOf(errand);
  const { basis, noticed } = what;
  const course = courseOf(ruleOf('archive'), incident, errand.settings);
  if (course?.basis !== basis) return { type: 'done', unwanted: true };
  const channel = channelOf(incident);
  const written = await lastWritten(errand, channel, asOf);
  if (written !== null) {
    const next = again(errand, { basis, noticed: false }, written + DAY);
    return followedBy({ type: 'done' }, [next]);
  }
  if (!noticed) {
    const at = asOf + DAY;
    await post(
      { ...errand, delivery: { ...errand.delivery, to: { type: 'incident' } } },
      archivedSoon(incident, at),
    );
    return followedBy({ type: 'done' }, [again(errand, { basis, noticed: true }, at)]);
  }
  await errand.calls.archive(channel).catch((error: unknown) => {
    if (classify(error).type !== 'done') throw error;
  });
  await record(errand, incident, { type: 'archived' });
  return { type: 'done' };
}

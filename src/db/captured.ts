import type { OpenChannel, Taken } from '../domain/message.ts';
import { run, type Sql } from './connect.ts';

/** The newest first: whatever is left out has been quiet for longest. */
const OPEN_CHANNELS = `select i.id::text as incident, i.channel_id as channel,
    floor(extract(epoch from i.opened_at) * 1000)::float8 as "openedAt"
  from incident i where i.workspace = $1 and i.status not in ('resolved', 'cancelled')
    and i.channel_id is not null and i.channel_state = 'ready'
  order by i.opened_at desc limit $2`;
const TAKEN = `select e.detail->'message'->>'ts' as ts, e.detail->'message'->>'edited' as edited,
    e.struck->>'reason' as "struckFor",
    coalesce((e.detail->'message'->>'deleted')::boolean, false) as deleted
  from entry e where e.incident_id = $1::text::uuid and e.detail->'message'->>'channel' = $2`;

/** What is to be compared with Slack once events may have been lost. */
export const createCaptured = (sql: Sql) => ({
  openChannels: (workspace: string, most: number): Promise<readonly OpenChannel[]> =>
    run<OpenChannel>(sql, OPEN_CHANNELS, [workspace, most]),
  takenFrom: (incident: string, channel: string): Promise<readonly Taken[]> =>
    run<Taken>(sql, TAKEN, [incident, channel]),
});

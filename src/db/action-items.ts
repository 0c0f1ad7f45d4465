import type { ActionItem } from '../domain/entry.ts';
import type { ListedAction } from '../domain/views/action-list.ts';
import { run, type Sql } from './connect.ts';
import { visibleTo } from './visible.ts';

/** Those of a merged incident went over with it. The incident knows which of its action items are open, so that no other's entries are read. */
const TO_DO = `select i.number, i.drill, i.title, i.roles, i.declared_by as "declaredBy",
    i.channel_id as "channelId", i.channel_name as "channelName", i.channel_state as "channelState",
    (e.detail->>'n')::int as n, e.text, e.detail->'item' as item
  from incident i join entry e on e.incident_id = i.id
  where i.workspace = $1 and not i.drill and i.open_actions <> '{}'::jsonb
    and e.detail->>'type' = 'action' and e.struck is null and ${visibleTo('$2')}
    and not (i.status = 'cancelled' and i.links @> '[{"sort": "duplicate", "back": false}]')
  order by i.number desc, e.no limit 5000`;

interface Row extends Omit<ListedAction['incident'], 'channel'> {
  readonly channelId: string | null;
  readonly channelName: string;
  readonly channelState: ListedAction['incident']['channel']['state'];
  readonly n: number;
  readonly text: string;
  readonly item: ActionItem;
}

/** Action items across incidents, as far as somebody may see them. */
export const createActionItems = (sql: Sql) => ({
  async actionItems(workspace: string, viewer: string): Promise<readonly ListedAction[]> {
    const rows = await run<Row>(sql, TO_DO, [workspace, viewer]);
    return rows.map(({ n, text, item, channelId, channelName, channelState, ...incident }) => ({
      incident: {
        ...incident,
        channel: { id: channelId, name: channelName, state: channelState },
      },
      n,
      text,
      item,
    }));
  },
});

/**
 * Whether somebody left the channel of a private incident `i`: whatever they wrote there or were given,
 * they see nothing of it. The same as `hasLeft` (`src/domain/incident.ts`).
 */
export const hasLeft = (who: string): string => `(i.private and i.departed ? ${who})`;

/**
 * Whether somebody takes part in an incident `i`: they declared it, have a role or an open action item
 * in it, wrote in it, or were pinged for it, and have not left its private channel since. A SQL
 * condition; `who` is the parameter that holds their id.
 */
export const takesPart = (who: `$${number}`): string =>
  `(not ${hasLeft(who)} and (i.declared_by = ${who}
    or ${who} in (select value from jsonb_each_text(i.roles))
    or exists (select 1 from jsonb_each(i.open_actions) a where a.value->>'owner' = ${who})
    or exists (select 1 from entry e where e.incident_id = i.id and e.author = ${who})
    or exists (select 1 from post p
      join outbox o on o.id = substring(p.name, '^ping:[a-z]+:([0-9]+):')::bigint
      where p.incident_id = i.id and o."to"->>'type' = 'user' and o."to"->>'id' = ${who})))`;

/** Whether somebody is a guest of incident `i`'s workspace, as far as Slack has described them. */
const isGuest = (who: `$${number}`): string =>
  `exists (select 1 from person g where g.workspace = i.workspace and g.id = ${who} and g.guest)`;

/**
 * Whether somebody may see an incident `i` in what lists several: it is not private and they are no
 * guest, or they take part in it. The same as `maySee` (`src/handle/seeing.ts`), but for the channel
 * that somebody is in.
 */
export const visibleTo = (viewer: `$${number}`): string =>
  `((not i.private and not ${isGuest(viewer)}) or ${takesPart(viewer)})`;

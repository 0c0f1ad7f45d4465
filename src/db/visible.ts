/**
 * Whether a person may see an incident `i`: it is not private, or they declared it, have a role in
 * it or wrote in it. A SQL condition; `viewer` is the parameter that holds their id.
 */
export const visibleTo = (viewer: `$${number}`): string =>
  `(not i.private or i.declared_by = ${viewer}
    or ${viewer} in (select value from jsonb_each_text(i.roles))
    or exists (select 1 from entry e where e.incident_id = i.id and e.author = ${viewer}))`;

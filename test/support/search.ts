/** The first page of everything: a search adds who asks and for what. */
export const UNFILTERED = {
  severities: [],
  statuses: [],
  kinds: [],
  by: null,
  since: null,
  within: null,
  drills: false,
  limit: 10,
  offset: 0,
} as const;

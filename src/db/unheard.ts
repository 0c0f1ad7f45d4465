/** What postgres.js asks on every new connection, by itself, to learn which types are arrays. */
const ARRAY_TYPES = /pg_catalog\.pg_type/;

/**
 * Whether this is a failure of the driver's own question, which nobody can catch: the connection was
 * lost in the very moment in which it was made. Whoever wanted to use it is told in another way.
 */
export const isUnheard = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'query' in error &&
  typeof error.query === 'string' &&
  ARRAY_TYPES.test(error.query);

import { customType } from 'drizzle-orm/pg-core';
import type { Instant } from '../domain/instant.ts';

/** PostgreSQL writes `2026-11-21 07:13:19.123+00`; ECMAScript wants a `T` and minutes in the offset. */
export const parseInstant = (value: string): Instant =>
  Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));

/** A `timestamptz` that the code sees as milliseconds since the epoch, which is all the domain knows. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: parseInstant,
});

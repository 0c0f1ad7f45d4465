import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';

// The hot paths write and read whole sets of rows in one prepared statement each. A statement
// whose text depends on the number of rows would be parsed anew every time, and every statement
// that is not prepared costs postgres.js a second round trip: so rows travel as one JSON value.

const INSTANT = 'timestamp with time zone';

const quoted = (name: string): string => `"${name}"`;

const columnsOf = (table: PgTable): [string, PgColumn][] =>
  Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generatedIdentity === undefined,
  );

/** How a column's value stands in the JSON row. */
const jsonType = (column: PgColumn): string =>
  column.getSQLType() === INSTANT ? 'float8' : column.getSQLType();

const fromJson = (key: string, column: PgColumn): string =>
  column.getSQLType() === INSTANT ? `to_timestamp(x.${quoted(key)} / 1000.0)` : `x.${quoted(key)}`;

const keyOf = (table: PgTable): string[] => {
  const [composite] = getTableConfig(table).primaryKeys;
  if (composite) return composite.columns.map(({ name }) => name);
  return Object.values(getTableColumns(table))
    .filter(({ primary }) => primary)
    .map(({ name }) => name);
};

/** `insert … select from jsonb_to_recordset($1)`, property names as in the schema. */
export function insertMany(table: PgTable): string {
  const columns = columnsOf(table);
  return [
    `insert into ${quoted(getTableName(table))} (${columns.map(([, { name }]) => quoted(name)).join(', ')})`,
    `select ${columns.map(([key, column]) => fromJson(key, column)).join(', ')}`,
    `from jsonb_to_recordset($1::text::jsonb) as x(${columns
      .map(([key, column]) => `${quoted(key)} ${jsonType(column)}`)
      .join(', ')})`,
  ].join(' ');
}

/** As `insertMany`, and overwrites the rows that exist. */
export function upsertMany(table: PgTable): string {
  const key = keyOf(table);
  const rest = columnsOf(table)
    .map(([, { name }]) => name)
    .filter((name) => !key.includes(name));
  const update = rest.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return `${insertMany(table)} on conflict (${key.map(quoted).join(', ')}) do update set ${update}`;
}

/** The select list that gives rows with the schema's property names and instants in milliseconds. */
export function selectList(table: PgTable, alias: string): string {
  return Object.entries(getTableColumns(table))
    .map(([key, column]) => {
      const source = `${alias}.${quoted(column.name)}`;
      const value =
        column.getSQLType() === INSTANT
          ? `floor(extract(epoch from ${source}) * 1000)::float8`
          : column.getSQLType() === 'bigint'
            ? `${source}::float8`
            : source;
      return `${value} as ${quoted(key)}`;
    })
    .join(', ');
}

/** The database's clock in milliseconds, as every predicate here sees it. */
export const NOW = 'floor(extract(epoch from now()) * 1000)::float8';

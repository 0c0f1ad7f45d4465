import type { Incident } from './incident.ts';

/** The header field that names the other incidents of a report, by their numbers: `41, 43`. */
export const WITH = 'postmortem with';

/** So many incidents besides the first may be in one report. */
export const MOST_MEMBERS = 10;

/** The numbers of the other incidents that the report of an incident is about. */
export const membersOf = ({ header }: Pick<Incident, 'header'>): readonly number[] =>
  Object.hasOwn(header, WITH) ? membersNamed(header[WITH] ?? '') : [];

/** The numbers in what the header or an entry says of them. */
export const membersNamed = (value: string): readonly number[] =>
  value.match(/\d{1,9}/g)?.map(Number) ?? [];

/** How the header keeps them. */
export const membersText = (numbers: readonly number[]): string => numbers.join(', ');

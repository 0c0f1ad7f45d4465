import { CHECKS } from '../../src/domain/doctor/index.ts';

/** A check as docs/doctor.md lists it. */
export const doctorRows = CHECKS.map(({ name, title, weight, means, repair, repairs }) => [
  `\`${name}\``,
  weight,
  `${title}. ${means}`,
  repair,
  repairs.map(({ how }) => `\`${how}\``).join(', '),
]);

/** The table of docs/doctor.md. */
export const doctorTable = [
  ['check', 'weight', 'what it means', 'what mends it', 'repairs'],
  ['---', '---', '---', '---', '---'],
  ...doctorRows,
]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n');

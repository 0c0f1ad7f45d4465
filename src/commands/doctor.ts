import { CHECKS, checkNamed, repairOf } from '../domain/doctor/index.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { defineCommand, type Intent, read } from './command.ts';
import { nearest } from './nearest.ts';
import { readable } from './slack-tokens.ts';

/** Whose: without a word for it the incident's, and where there is none everything. */
const WHOSE = ['others', 'all'] as const;

/** Says what is wrong or half made, and repairs it. */
export const doctor = defineCommand({
  name: 'doctor',
  aliases: [],
  usage: ['doctor', 'doctor repair <what> [<how>] [all]', 'doctor denied'],
  example: 'doctor',
  summary: 'Says what is missing or half made, and repairs it.',
  about: 'maybe',

  parse(rest): Result<Intent> {
    const text = rest.trim().toLowerCase();
    if (text === '') return ok({ type: 'doctor', repair: null });
    if (text === 'denied') return ok(read({ type: 'denied' }));
    const [verb = '', name = '', ...more] = text.split(/\s+/);
    if (verb !== 'repair')
      return refuse('The doctor says what is wrong; “doctor repair” mends it.', 'doctor');
    const check = checkNamed(name);
    if (check === null) return unknown(name);
    const whose = WHOSE.find((word) => word === more.at(-1)) ?? null;
    const [how = null, ...left] = whose === null ? more : more.slice(0, -1);
    if (check.repairs.length === 0)
      return refuse(`Muster cannot repair “${check.title}” itself. ${check.repair}`, 'doctor');
    const repair = repairOf(check, how);
    const known = check.repairs.map((offer) => offer.how).join(' or ');
    if (repair === null || left.length > 0)
      return refuse(`“${check.title}” can be repaired with ${known}.`, `doctor repair ${name}`);
    return ok({ type: 'doctor', repair: { check: check.name, how: repair, whose } });
  },
});

function unknown(name: string): Result<Intent> {
  const repairable = CHECKS.filter(({ repairs }) => repairs.length > 0).map((check) => check.name);
  const meant = nearest(name, repairable) ?? repairable[0] ?? '';
  const reason =
    name === ''
      ? 'Say what is to be repaired. doctor lists it, with buttons.'
      : `The doctor knows nothing called “${oneLine(readable(name), 40)}”.`;
  return refuse(reason, name === '' ? 'doctor' : `doctor repair ${meant}`);
}

import { expect, test } from 'vitest';
import { examine } from '../../../src/domain/doctor/index.ts';
import { plainText } from '../../../src/domain/text.ts';
import {
  doctorAlarm,
  doctorReport,
  doctorText,
  type Examined,
} from '../../../src/domain/views/doctor.ts';
import { incident, wordsOf } from '../../handle/desk.ts';
import { ofRecord, ping, seven } from '../doctor/sick.ts';
import { WELL } from '../doctor/well.ts';

const here = incident(7);
const sick = ofRecord({
  overdue: { count: 1, oldestMs: 95_000 },
  givenUp: [
    { ...ping, error: 'user_not_found' },
    { ...ping, incident: null, error: 'invalid_blocks' },
  ],
});

const seen = (more: Partial<Examined> = {}): Examined => ({
  findings: examine(sick),
  hidden: 0,
  facts: sick,
  here: null,
  mayRepair: true,
  denied: 0,
  ...more,
});

const commands = (examined: Examined): string[] =>
  doctorReport(examined).blocks.flatMap((block) =>
    block.type === 'buttons' ? block.buttons.map(({ command }) => command) : [],
  );

test('all is well says what that is worth', () => {
  const said = wordsOf(doctorReport(seen({ findings: [], facts: WELL })));
  expect(said).toMatch(/All is well\.[\s\S]*Looked at: timers, deliveries, clocks, 1 replica/);
});

test('the incident of the channel comes first, and a repair says whose it is', () => {
  const said = wordsOf(doctorReport(seen({ here })));
  expect(said.indexOf('user_not_found')).toBeLessThan(said.indexOf('Overdue timers'));
  expect(commands(seen({ here }))).toEqual([
    '7 doctor repair given-up send',
    '7 doctor repair given-up drop',
    'doctor repair overdue-timers fire',
    'doctor repair given-up send others',
    'doctor repair given-up drop others',
  ]);
});

test('who may not repair gets no buttons, and hears who does', () => {
  expect(commands(seen({ mayRepair: false }))).toEqual([]);
  expect(wordsOf(doctorReport(seen({ mayRepair: false })))).toContain('An administrator sees');
});

test('what cannot be taken back asks first', () => {
  const asking = doctorReport(seen()).blocks.flatMap((block) =>
    block.type === 'buttons' ? block.buttons.filter(({ confirm }) => confirm) : [],
  );
  expect(asking.map(({ label }) => label)).toEqual(['Let them go', 'Let them go']);
});

test('a hundred findings fit into one message, and the rest is counted', () => {
  const givenUp = Array.from({ length: 100 }, (_, n) => ({
    ...ping,
    incident: { ...seven, id: `id-${n}`, number: n },
    error: 'x',
  }));
  const facts = ofRecord({ givenUp });
  const message = doctorReport(seen({ findings: examine(facts), facts }));
  expect(message.blocks.length).toBeLessThanOrEqual(48);
  expect(wordsOf(message)).toContain('88 more are not shown');
  expect(doctorAlarm(examine(facts)).blocks.length).toBeLessThanOrEqual(48);
});

test('nothing of a private incident leaves it, by message or on the command line', () => {
  const facts = ofRecord({
    givenUp: [{ ...ping, incident: { ...seven, private: true }, error: 'x' }],
    stale: [
      {
        ...ping,
        incident: { ...seven, private: true },
        error: null,
        attempts: 0,
        ageMs: 70_000,
        gate: null,
      },
    ],
  });
  const findings = examine(facts);
  expect(wordsOf(doctorAlarm(findings))).not.toContain('INC-7');
  expect(doctorText(findings, facts).join('\n')).not.toContain('INC-7');
});

test('a lock screen says what it is about', () => {
  expect(plainText(doctorAlarm(examine(sick)).summary)).toBe(
    'Muster needs you: Overdue timers; Deliveries given up.',
  );
});

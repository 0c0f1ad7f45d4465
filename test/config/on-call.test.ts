import { describe, expect, test } from 'vitest';
import { level, policy, problemsOf, settingsOf, warningsOf } from './reading.ts';

const schedule = (rest: string, zone = 'UTC') =>
  `schedules: { s: { time_zone: ${zone}, ${rest} } }`;
const rotation = (rest: string) => schedule(`rotation: { ${rest} }`);

describe('a schedule that can be read', () => {
  test('one rotation, as it is written in the documents', () => {
    const yaml = `
schedules:
  platform:
    time_zone: Europe/Amsterdam
    rotation: { every: week, handoff: Monday 09:00, members: [U1, U2, U3] }
`;
    expect(settingsOf(yaml).schedules).toEqual({
      platform: {
        name: 'platform',
        zone: 'Europe/Amsterdam',
        layers: [
          {
            members: ['U1', 'U2', 'U3'],
            turn: { unit: 'week', count: 1 },
            handoff: { weekday: 1, hour: 9, minute: 0 },
            start: '2026-01-05',
            only: [],
            zone: 'Europe/Amsterdam',
          },
        ],
      },
    });
  });

  test('layers with hours and zones of their own, in the order in which they are written', () => {
    const yaml = `
schedules:
  sun:
    time_zone: UTC
    layers:
      - every: 2 weeks
        handoff: wed 8:30
        members: [U1]
        start: 2026-03-04
        time_zone: Asia/Tokyo
        only: [Mon-Fri 09:00-17:00, 'Sat,Sun']
      - { every: 12 hours, handoff: 20:00, members: [U2, U2, W3] }
`;
    expect(settingsOf(yaml).schedules.sun?.layers).toEqual([
      {
        members: ['U1'],
        turn: { unit: 'week', count: 2 },
        handoff: { weekday: 3, hour: 8, minute: 30 },
        start: '2026-03-04',
        only: [
          { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 },
          { days: [6, 7], from: 0, to: 24 * 60 },
        ],
        zone: 'Asia/Tokyo',
      },
      {
        members: ['U2', 'U2', 'W3'],
        turn: { unit: 'hour', count: 12 },
        handoff: { weekday: 1, hour: 20, minute: 0 },
        start: '2026-01-05',
        only: [],
        zone: 'UTC',
      },
    ]);
  });

  test.each([
    ['Mon 09:00-17:00', [1], 540, 1020],
    ['monday-Friday 9:00 - 17:00', [1, 2, 3, 4, 5], 540, 1020],
    ['Fri-Mon 22:00-07:00', [1, 5, 6, 7], 1320, 420],
    ['Sun,Mon,Sun', [1, 7], 0, 1440],
    ['00:00-24:00', [1, 2, 3, 4, 5, 6, 7], 0, 1440],
  ])('hours %s', (written, days, from, to) => {
    const { schedules } = settingsOf(rotation(`every: day, members: [U1], only: ['${written}']`));
    expect(schedules.s?.layers[0]?.only).toEqual([{ days, from, to }]);
  });
});

describe('a problem of a schedule', () => {
  const WEEK = 'every: week, members: [U1]';

  test.each([
    [
      rotation('every: fortnight, members: [U1]'),
      'rotation.every: "fortnight" is not how long a turn lasts; write day, week, 2 weeks or 12 hours',
    ],
    [rotation('every: 0 days, members: [U1]'), 'rotation.every: "0 days" is not how long'],
    [rotation('members: [U1]'), 'rotation.every: is missing'],
    [rotation('every: day'), 'rotation.members: is missing'],
    [rotation('every: day, members: []'), 'rotation.members: is empty'],
    [
      rotation('every: day, members: [U1, bob]'),
      'rotation.members[1]: "bob" is not a person\'s id',
    ],
    [
      rotation(`${WEEK}, handoff: Munday 09:00`),
      'rotation.handoff: "Munday 09:00" is not a day of the week and a time',
    ],
    [rotation(`${WEEK}, handoff: Monday 24:00`), 'rotation.handoff: "Monday 24:00" is not'],
    [
      rotation(`${WEEK}, handoff: 09:00`),
      'rotation.handoff: names no day of the week; write Monday 09:00',
    ],
    [
      rotation('every: 2 days, members: [U1], handoff: Monday 09:00'),
      'rotation.handoff: names a day of the week, but a turn is 2 days',
    ],
    [rotation(`${WEEK}, start: 2026-02-30`), 'rotation.start: "2026-02-30" is not a date'],
    [
      rotation(`${WEEK}, time_zone: Mars/Base`),
      'rotation.time_zone: "Mars/Base" is not a time zone',
    ],
    [rotation(`${WEEK}, only: []`), 'rotation.only: is empty'],
    [
      rotation(`${WEEK}, only: [Mon-Fry 09:00-17:00]`),
      'rotation.only[0]: "Fry" is not a day of the week',
    ],
    [
      rotation(`${WEEK}, only: [Mon-Fri 09:00-17:60]`),
      'rotation.only[0]: "Mon-Fri 09:00-17:60" is not days and hours',
    ],
    [
      rotation(`${WEEK}, only: [24:00-09:00]`),
      'rotation.only[0]: "24:00-09:00" is not days and hours',
    ],
    [rotation(`${WEEK}, only: ['']`), 'rotation.only[0]: "" is not days and hours'],
    [
      rotation(`${WEEK}, member: [U1]`),
      'rotation.member: is not a known key; did you mean members?',
    ],
    [schedule(''), 'rotation: is missing; write rotation: { every: week'],
    ['schedules: { s: { rotation: { every: day, members: [U1] } } }', 'time_zone: is missing'],
    ['schedules: { s: }', 'time_zone: is missing'],
    [schedule(`rotation: { ${WEEK} }, layers: [{ ${WEEK} }]`), 'layers: stands beside a rotation'],
    [schedule('layers: []'), 'layers: is empty'],
    [
      schedule(`layers: [{ ${WEEK}, only: [Sat] }, { ${WEEK} }, { ${WEEK} }]`),
      'layers[2]: never has anybody on call: the layer before it always has',
    ],
    [
      'schedules: { "a b": { time_zone: UTC, rotation: { every: day, members: [U1] } } }',
      '"a b" is not a word',
    ],
  ])('%s', (yaml, expected) => {
    expect(problemsOf(yaml).join('\n')).toContain(expected);
  });
});

describe('a target that names something', () => {
  const known = `
schedules: { platform: { time_zone: UTC, rotation: { every: day, members: [U1] } } }
webhooks: { pager: { format: pagerduty, key: $PAGER_KEY } }
`;
  const policies = (first: string, second = 'channel') =>
    `${known}policies: { a: { levels: [${level('0m', first)}, ${level('5m', second)}] }, b: { levels: [${level('0m', 'policy:a')}] } }`;

  test('becomes that target', () => {
    const { policies: read } = settingsOf(policies('schedule:platform, webhook:pager', 'policy:b'));
    expect(read.a?.levels.flatMap(({ notify }) => notify)).toEqual([
      { type: 'schedule', name: 'platform' },
      { type: 'webhook', name: 'pager' },
      { type: 'policy', name: 'b' },
    ]);
  });

  test.each([
    [
      'schedule:plattform',
      'there is no schedule "plattform"; did you mean platform? Or add it under schedules',
    ],
    ['schedule:constructor', 'there is no schedule "constructor"; add it under schedules'],
    ['webhook:beeper', 'there is no webhook "beeper"; add it under webhooks'],
    ['policy:nobody', 'there is no policy "nobody"; add it under policies'],
    ['policy:quiet', 'policy quiet tells nobody; name one that has levels'],
  ])('%s must exist', (written, expected) => {
    expect(problemsOf(policies(written))).toEqual([`policies.a.levels[0].notify[0]: ${expected}`]);
  });

  test('policies whose first levels lead to each other would never find anybody', () => {
    expect(problemsOf(policies('policy:b'))).toEqual([
      'policies.a.levels[0].notify[0]: goes round in a circle: a, b, a; let one of these first levels name people',
      'policies.b.levels[0].notify[0]: goes round in a circle: b, a, b; let one of these first levels name people',
    ]);
    expect(problemsOf(policy(level('0m', 'policy:p')))[0]).toContain('a circle: p, p');
  });

  test('a later level may go back to the first, of its own policy too', () => {
    expect(problemsOf(policies('channel', 'policy:a, policy:b'))).toEqual([]);
  });

  test('whoever is on call may be invited, a webhook may not', () => {
    expect(
      problemsOf(`${known}invite: ['schedule:platform', 'webhook:pager', 'schedule:x']`),
    ).toEqual([
      'invite[1]: webhook "pager" is nobody who can be invited; name it in a level of a policy instead',
      'invite[2]: there is no schedule "x"; add it under schedules',
    ]);
  });

  test('a policy that only another policy names is in use; a webhook or schedule that none names is not', () => {
    expect(warningsOf(policies('channel'))).toEqual([
      'schedules.platform: no policy names this schedule',
      'webhooks.pager: no policy names this webhook',
      'policies.b: no severity uses this policy',
    ]);
  });
});

describe('quiet hours', () => {
  const quiet = (hours: string, below = 'sev2') =>
    `quiet_hours: { time_zone: UTC, hours: [${hours}], below: ${below} }`;

  test.each([
    [
      quiet('22:00-07:00', 'sev9'),
      'quiet_hours.below: there is no severity "sev9"; did you mean sev1?',
    ],
    [quiet('22:00-07:00', 'sev4'), 'quiet_hours.below: nothing is less severe than sev4'],
    [quiet('Mon-Sun'), 'quiet_hours.hours: are never over'],
    [quiet("'07:00-22:00', '22:00-07:00'"), 'quiet_hours.hours: are never over'],
    [quiet(''), 'quiet_hours.hours: is empty'],
    ['quiet_hours: { time_zone: UTC, below: sev2 }', 'quiet_hours.hours: is missing'],
    ['quiet_hours: { time_zone: UTC, hours: [Sat] }', 'quiet_hours.below: is missing'],
    [
      `${quiet('Sat', 'sev1')}\nseverities: { own: { sla: {} } }`,
      'quiet_hours.below: there is no severity "sev1"; write one of own',
    ],
  ])('%s', (yaml, expected) => {
    const problems = problemsOf(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });
});

test.each([
  ['drill: { speed: 0 }', 'drill.speed: 0 is not a whole number between 1 and 1000'],
  ['ack_grace: 0m', 'ack_grace: "0m" is no time at all'],
  [
    'severities: { sev1: { pause_while_monitoring: yes } }',
    'severities.sev1.pause_while_monitoring: "yes" is not true or false',
  ],
])('%s', (yaml, expected) => {
  expect(problemsOf(yaml)[0]).toContain(expected);
});

import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/config/file.ts';
import { level, policy, problemsOf, warningsOf } from './reading.ts';

const DURATION = 'write 5m, 90s, 1h30m or 7d (days are the longest unit)';
const TARGETS =
  'write channel, channel:C…, user:U…, usergroup:S…, schedule:…, policy:…, webhook:… or declarer';

describe('a problem', () => {
  test.each([
    ['5 minute', '"5 minute" is not a duration'],
    ['5', '5 is not a duration'],
    ['30m1h', '"30m1h" is not a duration'],
    ['-5m', '"-5m" is not a duration'],
    ['0m', '"0m" is no time at all'],
    ['400d', '"400d" is not a duration'],
    ['[5m]', 'a list is not a duration'],
  ])('duration %s', (written, reason) => {
    expect(problemsOf(`severities: { sev1: { sla: { acknowledge: ${written} } } }`)).toEqual([
      `severities.sev1.sla.acknowledge: ${reason}; ${DURATION}`,
    ]);
  });

  test.each(['0%', '100%', '80', '0.8', '8 0%'])('warn_at %s', (written) => {
    const [problem] = problemsOf(`severities: { sev1: { warn_at: ${written} } }`);
    expect(problem).toContain('is not a percentage between 1% and 99%');
  });

  test.each([
    ['user:S012SRE', '"S012SRE" is not a person\'s id, which begins with U or W'],
    ['usergroup:U012ABC', '"U012ABC" is not a user group\'s id, which begins with S'],
    ['channel:general', '"general" is not a channel\'s id, which begins with C or G'],
    ['schedule:', '"" is not the name of a schedule'],
    ['policy:two words', '"two words" is not the name of a policy'],
    ['webhook:https://x', '"https://x" is not the name of a webhook'],
    ['somebody', '"somebody" is not a target'],
    ['constructor:U1', '"constructor:U1" is not a target'],
  ])('target %s', (written, reason) => {
    expect(problemsOf(policy(level('0m', `'${written}'`)))).toEqual([
      `policies.p.levels[0].notify[0]: ${reason}; ${TARGETS}`,
    ]);
  });

  test.each([
    ['time_zones: [UTC, Mars/Base]', 'time_zones[1]: "Mars/Base" is not a time zone'],
    ['announce: general', 'announce: "general" is not a channel id'],
    ['administrators: [bob]', 'administrators[0]: "bob" is not a person\'s id'],
    ['page_asks_above: many', 'page_asks_above: "many" is not a whole number'],
    [
      'capture: { reactions: [pushpin, white_check_mark] }',
      'capture.reactions[1]: "white_check_mark" is not a reaction that can be used here',
    ],
    ['capture: { reactions: [📌] }', 'capture.reactions[0]: "📌" is not a reaction'],
    ['capture: { reactions: [] }', 'capture.reactions: is empty'],
    [
      'permissions: { resolv: anyone }',
      'permissions.resolv: is nothing that can be permitted; did you mean resolve?',
    ],
    ['permissions: { follow: anyone }', 'permissions.follow: is nothing that can be permitted'],
    [
      'permissions: { resolve: everybody }',
      'permissions.resolve: "everybody" is not a choice here; write guest, anyone, responder, commander or administrator',
    ],
    [
      'permissions: { open: commander }',
      'permissions.open: "commander" is not possible: open is not about one incident',
    ],
    ['limits: { person: 2 }', 'limits.person: 2 is not a whole number between 5 and 1000000'],
    ['colour: red', 'colour: is not a known key; known here: time_zones, announce'],
    ['severity: { sev1: {} }', 'severity: is not a known key; did you mean severities?'],
    [
      'severities: { sev1: { alias: [p1] } }',
      'severities.sev1.alias: is not a known key; did you mean aliases?',
    ],
    [
      'archive_after: 2y',
      'archive_after: "2y" is not a duration of a day or more; write 1d to 366d, such as 7d, or never',
    ],
    [
      'retention: { drills: 2m }',
      'is not a number of days, weeks, months or years; write 90 days, 12 weeks, 6 months or 2 years (or 90d, 12w, 2y)',
    ],
    ['anounce: C0X', 'anounce: is not a known key; did you mean announce?'],
    ['__proto__: { a: 1 }', '__proto__: is not a known key'],
    ['- a', 'the file: is not a section'],
    ['severities: { sev1: { aliases: x } }', 'severities.sev1.aliases: is not a list'],
    ['severities: { own: {} }', 'severities.own.sla: is missing'],
    ['severities: { "a b": { sla: {} } }', 'severities.a b: "a b" is not a word'],
    [policy(), 'policies.p.levels: is empty'],
    [policy(level('0m', '')), 'policies.p.levels[0].notify: is empty'],
    [policy('{ notify: [channel] }'), 'policies.p.levels[0].after: is missing'],
    ['policies: { p: }', 'policies.p.levels: is missing'],
  ])('%s', (yaml, expected) => {
    const problems = problemsOf(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  test.each([
    ['0m', '0m'],
    ['10m', '5m'],
  ])('levels after %s and then %s are not ascending', (first, second) => {
    const yaml = policy(level(first, 'channel'), level(second, 'channel'));
    expect(problemsOf(yaml)).toEqual([
      `policies.p.levels[1].after: "${second}" does not come after the level before it ("${first}"); put the levels in ascending order; delays count from the opening`,
    ]);
  });

  test('an alias that is taken, also by a default and in another case', () => {
    const yaml = 'severities: { sev1: {}, own: { aliases: [Critical, own2], sla: {} } }';
    expect(problemsOf(yaml)).toEqual([
      'severities.own.aliases[0]: "Critical" already means sev1; use each word once',
    ]);
  });

  test('a policy that does not exist, with the nearest that does', () => {
    const yaml = `severities: { sev1: { policy: plattform } }\npolicies: { platform: { levels: [${level('0m', 'channel')}] } }`;
    expect(problemsOf(yaml)).toEqual([
      'severities.sev1.policy: there is no policy "plattform"; did you mean platform? Or add it under policies',
    ]);
  });

  test('all of them are named at once, in the order of the file, each with its place', () => {
    const read = readSettings(`announse: C0X
severities:
  sev1:
    policy: nowhere
    sla: { acknowledge: 5 minute }
policies:
  p:
    levels:
      - { after: 5m, notify: [channel] }
      - { after: 1m, notify: [nobody] }
`);
    const places = read.ok ? [] : read.refusal.map(({ path, at }) => [path, at?.line, at?.column]);
    expect(places).toEqual([
      ['announse', 1, 1],
      ['severities.sev1.policy', 4, 5],
      ['severities.sev1.sla.acknowledge', 5, 12],
      ['policies.p.levels[1].after', 10, 11],
      ['policies.p.levels[1].notify[0]', 10, 31],
    ]);
  });
});

describe('a file that is not YAML', () => {
  test.each([
    ['announce: [C0X', 'must be sufficiently indented and end with a ]', 1],
    ['announce: C0X\nannounce: C0Y', 'this key is written twice', 2],
    ['announce: C0X\n---\nb: 1', 'multiple documents', 2],
    ['announce: !secret x', 'Unresolved tag', 1],
  ])('%j is told with its line', (yaml, expected, line) => {
    const read = readSettings(yaml);
    const told = read.ok ? [] : read.refusal;
    expect(told[0]?.reason).toContain(expected);
    expect(told[0]?.at?.line).toBe(line);
  });

  test.each([
    ['an alias without an anchor', 'invite: *nobody'],
    [
      'aliases that multiply without end',
      `a: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcd'[index]}`)}]`).join('\n')}`,
    ],
  ])('%s is refused, not thrown', (_name, yaml) => {
    expect(problemsOf(yaml)[0]).toContain('is not valid YAML');
  });
});

describe('a warning', () => {
  const ladder = (sla: string) =>
    `severities: { sev1: { sla: { ${sla} } }, sev2: {}, sev3: {}, sev4: {} }`;

  test.each([
    [
      ladder('mitigate: 4h, resolve: 1h'),
      'severities.sev1.sla.mitigate: mitigate is due after resolve',
    ],
    [
      ladder('acknowledge: 10m, commander: 5m'),
      'severities.sev1.sla.acknowledge: acknowledge is due after commander',
    ],
    [
      'severities: { sev1: {}, sev2: {} }',
      'severities: sev3, sev4 do not exist now: what is listed is what exists',
    ],
    [policy(level('0m', 'channel')), 'policies.p: no severity uses this policy'],
    [
      `severities: { high: { policy: p, sla: {} } }
policies: { p: { levels: [${level('0m', 'channel')}] }, default: { levels: [${level('0m', 'channel')}] } }`,
      'policies.default: no severity uses this policy',
    ],
    ['announce:', 'announce: has nothing after it and counts as not written'],
    [
      `${ladder('acknowledge: 5m').replace('sla', 'policy: p, sla')}\n${policy(level('5m', 'channel'))}`,
      'severities.sev1.sla.acknowledge: policy p tells nobody before this is due',
    ],
  ])('%s', (yaml, expected) => {
    expect(problemsOf(yaml)).toEqual([]);
    expect(warningsOf(yaml)).toEqual([expected]);
  });

  test('severities of one’s own are not taken for forgotten defaults', () => {
    expect(warningsOf('severities: { high: { sla: {} }, low: { sla: {} } }')).toEqual([]);
  });
});

test('a value that begins with # is a comment, and that is said', () => {
  const { warnings } = readSettings('announce: #incidents\n');
  expect(warnings).toEqual([
    {
      path: 'announce',
      reason: 'counts as not written, for # begins a comment',
      fix: 'put quotes around a value with a # ("#incidents"), or remove the line',
      at: { line: 1, column: 1 },
    },
  ]);
  expect(warningsOf('announce: # later')).toEqual([
    'announce: has nothing after it and counts as not written',
  ]);
});

test.each([
  ['90 days', 90],
  ['90d', 90],
  ['12w', 84],
  ['2y', 730],
])('retention %s is %i days', (written, days) => {
  const read = readSettings(`retention: { incidents: ${written} }`);
  expect(read.ok && read.value.retention.incidents).toBe(days * 86_400_000);
});

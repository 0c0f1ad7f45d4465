import { describe, expect, test } from 'vitest';
import { action, typed } from './typed.ts';

const entry = { type: 'log', when: null, kinds: [], after: null };
const opening = { type: 'open', severity: null, private: false, since: null };

describe('open', () => {
  test.each([
    ['open Checkout is down', { ...opening, title: 'Checkout is down' }],
    ['open sev1 Checkout is down', { ...opening, title: 'Checkout is down', severity: 'sev1' }],
    ['Open P1: Checkout', { ...opening, title: 'Checkout', severity: 'sev1' }],
    ['declare SEV2 - Checkout', { ...opening, title: 'Checkout', severity: 'sev2' }],
    ['open sev 2 Checkout', { ...opening, title: 'Checkout', severity: 'sev2' }],
    ['open private: key leaked', { ...opening, title: 'key leaked', private: true }],
    [
      'open sev1 Private: key leaked',
      { ...opening, title: 'key leaked', severity: 'sev1', private: true },
    ],
    ['open private:sev1 leak', { ...opening, title: 'leak', severity: 'sev1', private: true }],
    ['open private network is down', { ...opening, title: 'private network is down' }],
    ['open Checkout since 14:31', { ...opening, title: 'Checkout', since: '14:31' }],
    ['open Checkout since 0830', { ...opening, title: 'Checkout', since: '0830' }],
    ['open Slow since since 20m ago', { ...opening, title: 'Slow since', since: '20m ago' }],
    ['open Slow since the deploy', { ...opening, title: 'Slow since the deploy' }],
    ['open <@U012|ana> cannot log in', { ...opening, title: '@ana cannot log in' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each(['open', 'open sev1', 'open private:', 'open   '])('"%s" opens the form', (line) => {
    expect(action(line)).toEqual({ type: 'form', form: 'declare' });
  });

  test('a severity that does not exist is said, with those that do', () => {
    expect(typed('open sev9 Checkout')).toEqual({
      ok: false,
      refusal: {
        reason: 'There is no severity “sev9”. There is sev1, sev2, sev3, sev4.',
        example: 'open sev1 Checkout',
      },
    });
  });
});

describe('record', () => {
  test.each([
    [
      'record Login outage from 2024-04-10 13:57 to 2024-04-10 14:45',
      'Login outage',
      '2024-04-10 13:57',
      '2024-04-10 14:45',
    ],
    ['backfill Login from 13:57–14:45', 'Login', '13:57', '14:45'],
    [
      'record Flights from A to B late from 13:57 to 14:45',
      'Flights from A to B late',
      '13:57',
      '14:45',
    ],
  ])('%s', (line, title, from, to) => {
    expect(action(line)).toEqual({ type: 'record', title, from, to });
  });

  test.each([
    'record',
    'record Login outage',
    'record Flights from Paris to Rome',
    'record from 13:57 to 14:45',
  ])('"%s" is refused', (line) => {
    expect(action(line)).toMatch(/^refused: /);
  });
});

describe('log', () => {
  test.each([
    ['log restarted the pool', { ...entry, text: 'restarted the pool' }],
    ['log 14:31 rollback started', { ...entry, when: '14:31', text: 'rollback started' }],
    ['note at 0830, restarted the pool', { ...entry, when: '0830', text: 'restarted the pool' }],
    ['log 500 errors', { ...entry, text: '500 errors' }],
    ['log 14.31 requests', { ...entry, text: '14.31 requests' }],
    ['log Monday deploys frozen', { ...entry, text: 'Monday deploys frozen' }],
    ['log at capacity since the deploy', { ...entry, text: 'at capacity since the deploy' }],
    ['log rollback #mitigation', { ...entry, text: 'rollback', kinds: ['mitigation'] }],
    ['log tried it +action #Failed', { ...entry, text: 'tried it', kinds: ['action', 'failed'] }],
    ['log told them <#C012|comms>', { ...entry, text: 'told them', kinds: ['comms'] }],
    ['log asked in <#C012|general>', { ...entry, text: 'asked in #general' }],
    ['log see #4711 #hypo', { ...entry, text: 'see #4711', kinds: ['hypothesis'] }],
    ['log a #cause #foo', { ...entry, text: 'a #foo', kinds: ['cause'] }],
    ['log #cause is unclear', { ...entry, text: '#cause is unclear' }],
    [
      'log two\n  lines\n\nkept #deadend',
      { ...entry, text: 'two\n  lines\n\nkept', kinds: ['dead-end'] },
    ],
    [
      'log <@U012|ana> and <!subteam^S012|@sre> are on it',
      { ...entry, text: '@ana and @sre are on it' },
    ],
    ['log --:-- migrations started', { ...entry, when: '--:--', text: 'migrations started' }],
    [
      'log —:— after #4 migrations started',
      { ...entry, when: '--:--', text: 'migrations started', after: 4 },
    ],
    ['log --:-- after lunch it broke', { ...entry, when: '--:--', text: 'after lunch it broke' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toMatchObject(expected);
  });

  test('nothing after it opens the form', () => {
    expect(action('log')).toEqual({ type: 'form', form: 'entry' });
  });

  test.each(['log #cause', 'log --:--', 'log --:-- after 4'])('"%s" is refused', (line) => {
    expect(action(line)).toMatch(/^refused: Say what happened/);
  });

  test('the other way to read a line is kept for its button', () => {
    expect(action('log 0830 restarted')).toEqual({
      ...entry,
      text: '0830 restarted',
      otherReading: { when: '0830', text: 'restarted' },
    });
  });
});

describe('corrections', () => {
  const edit = { type: 'edit', when: null, text: null, kinds: [] };
  test.each([
    ['edit 7', { type: 'form', form: 'edit', filled: { entry: '7' } }],
    ['edit 7 at 14:35', { ...edit, entry: 7, when: '14:35' }],
    ['edit #7 14:35', { ...edit, entry: 7, when: '14:35' }],
    ['edit 7 at 0835', { ...edit, entry: 7, when: '0835' }],
    ['amend 7: pool restarted', { ...edit, entry: 7, text: 'pool restarted' }],
    [
      'edit 7 at 14:35, pool restarted #action',
      { ...edit, entry: 7, when: '14:35', text: 'pool restarted', kinds: ['action'] },
    ],
    ['edit 7 #cause #failed', { ...edit, entry: 7, kinds: ['cause', 'failed'] }],
    ['edit 7 --:--', { ...edit, entry: 7, when: '--:--' }],
    ['edit 7 500 errors', { ...edit, entry: 7, text: '500 errors' }],
    ['edit 7 text: 14:31 is when it was', { ...edit, entry: 7, text: '14:31 is when it was' }],
    ['strike 7', { type: 'strike', entry: 7, reason: null }],
    ['strike #7 wrong incident', { type: 'strike', entry: 7, reason: 'wrong incident' }],
    ['restore 7', { type: 'restore', entry: 7 }],
    ['undo', { type: 'undo' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each(['edit', 'edit seven x', 'strike', 'strike 0', 'strike last one', 'undo 3'])(
    '"%s" is refused',
    (line) => {
      expect(action(line)).toMatch(/^refused: /);
    },
  );
});

describe('milestones', () => {
  const at = { type: 'milestone', when: null, by: null, text: null };
  const started = { ...at, milestone: 'impact started' };
  const ended = { ...at, milestone: 'impact ended' };
  const detected = { ...at, milestone: 'detected' };
  const mitigated = { ...at, milestone: 'mitigated' };
  test.each([
    ['impact started', started],
    ['impact started 14:31', { ...started, when: '14:31' }],
    ['impact started at 0830', { ...started, when: '0830' }],
    ['impact started 0830', { ...started, when: '0830' }],
    [
      'impact started 14:31 with the deploy',
      { ...started, when: '14:31', text: 'with the deploy' },
    ],
    ['Impact Ended 10m ago', { ...ended, when: '10m ago' }],
    ['impact end 15:00', { ...ended, when: '15:00' }],
    ['impact ended #7', { ...ended, entry: 7 }],
    ['impact started --:--', { ...started, when: '--:--' }],
    ['detected', detected],
    ['detected 14:35', { ...detected, when: '14:35' }],
    ['detected #7', { ...detected, entry: 7 }],
    ['detected by alert', { ...detected, by: 'alert' }],
    [
      'detected 0835 by customers: no login',
      { ...detected, when: '0835', by: 'customers', text: 'no login' },
    ],
    ['detected 14:35 by PagerDuty', { ...detected, when: '14:35', by: 'PagerDuty' }],
    ['detected by support at 14:35', { ...detected, when: '14:35', by: 'support' }],
    ['detected nobody could log in', { ...detected, text: 'nobody could log in' }],
    [
      'mitigated 15:02 by rolling back, errors fall',
      { ...mitigated, when: '15:02', by: 'rolling back', text: 'errors fall' },
    ],
    ['cause found', { ...at, milestone: 'cause found' }],
    ['cause found 15:10', { ...at, milestone: 'cause found', when: '15:10' }],
    ['cause found #3', { ...at, milestone: 'cause found', entry: 3 }],
    ['ack #3', { ...at, milestone: 'acknowledged', entry: 3 }],
    ['impact end users see errors', { type: 'effect', when: null, text: 'end users see errors' }],
    ['impact 40% of EU logins fail', { type: 'effect', when: null, text: '40% of EU logins fail' }],
    ['impact 14:31 logins fail', { type: 'effect', when: '14:31', text: 'logins fail' }],
    ['restored 80%', { type: 'restored', percent: 80, when: null }],
    ['restored 80 % 15:20', { type: 'restored', percent: 80, when: '15:20' }],
    ['restored 99,5% at 1520', { type: 'restored', percent: 99.5, when: '1520' }],
    ['ack', { type: 'ack', when: null }],
    ['ack 5m ago', { type: 'ack', when: '5m ago' }],
    ['acknowledge at 14:31', { type: 'ack', when: '14:31' }],
    ['ack looking into it', { type: 'ack', when: null }],
    ['ack 25:61', { type: 'ack', when: '25:61' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['mitigated 3', '/incident mitigated #3'],
    ['detected 12', '/incident detected #12'],
  ])('a number alone is asked about, not guessed: %s', (line, example) => {
    const refused = typed(line);
    expect(refused.ok ? null : `/incident ${refused.refusal.example}`).toBe(example);
  });

  test.each(['impact', 'restored', 'restored most', 'restored 140%', 'restored 80% of EU'])(
    '"%s" is refused',
    (line) => {
      expect(action(line)).toMatch(/^refused: /);
    },
  );
});

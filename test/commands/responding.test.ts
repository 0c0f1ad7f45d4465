import { describe, expect, test } from 'vitest';
import { ME } from './settings.ts';
import { action, typed } from './typed.ts';

describe('severity, status, update', () => {
  test.each([
    ['sev sev1', { type: 'severity', to: 'sev1', reason: null }],
    ['sev 1', { type: 'severity', to: 'sev1', reason: null }],
    ['upgrade to critical: all regions', { type: 'severity', to: 'sev1', reason: 'all regions' }],
    ['downgrade sev 3 only EU', { type: 'severity', to: 'sev3', reason: 'only EU' }],
    ['sev', { type: 'form', form: 'severity' }],
    ['status', { type: 'form', form: 'status' }],
    ['status Monitoring', { type: 'status', to: 'monitoring', when: null, text: null }],
    ['identified', { type: 'status', to: 'identified', when: null, text: null }],
    [
      'Identified 14:50 the migration',
      { type: 'status', to: 'identified', when: '14:50', text: 'the migration' },
    ],
    ['monitoring 10m ago', { type: 'status', to: 'monitoring', when: '10m ago', text: null }],
    [
      'status resolved rolled back',
      { type: 'resolve', when: null, text: 'rolled back', confirmed: false },
    ],
    ['status cancelled false alarm', { type: 'cancel', reason: 'false alarm' }],
    ['update', { type: 'form', form: 'update' }],
    ['update Rolling back.\nMore soon', { type: 'update', text: 'Rolling back.\nMore soon' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each(['sev huge', 'status done', 'status cancelled'])('"%s" is refused', (line) => {
    expect(action(line)).toMatch(/^refused: /);
  });
});

describe('people', () => {
  const role = { type: 'role', role: 'commander', user: ME, note: null };
  const page = { type: 'page', reason: null, confirmed: false };
  const ana = { type: 'user', id: 'U012ANA' };
  const sre = { type: 'usergroup', id: 'S012' };
  const channel = { type: 'channel', id: null };
  test.each([
    ['lead', role],
    ['lead Me', role],
    ['commander <@U012ANA|ana>', { ...role, user: 'U012ANA' }],
    ['lead <@W012ANA>', { ...role, user: 'W012ANA' }],
    ['role scribe <@U012ANA|ana>', { ...role, role: 'scribe', user: 'U012ANA' }],
    ['role Comms Lead: me', { ...role, role: 'comms lead' }],
    ['assign <@U012ANA>', { ...role, user: 'U012ANA' }],
    ['assign <@U012ANA> scribe', { ...role, role: 'scribe', user: 'U012ANA' }],
    ['role incident commander <@U012ANA>', { ...role, user: 'U012ANA' }],
    [
      'handoff to <@U012ANA|ana>, half way\ndone',
      { ...role, user: 'U012ANA', note: 'half way\ndone' },
    ],
    [
      'page <@U012ANA|ana> <!subteam^S012|@sre> the database',
      { ...page, targets: [ana, sre], reason: 'the database' },
    ],
    ['page <@U012ANA>, <@U012ANA>', { ...page, targets: [ana] }],
    ['page <!channel> all hands', { ...page, targets: [channel], reason: 'all hands' }],
    ['page channel', { ...page, targets: [channel] }],
    [
      'page <#C012|database> help',
      { ...page, targets: [{ type: 'channel', id: 'C012' }], reason: 'help' },
    ],
    ['page Platform', { ...page, targets: [{ type: 'policy', name: 'platform' }] }],
    ['escalate <@U012ANA>', { ...page, targets: [ana] }],
    ['escalate', { type: 'escalate' }],
    ['escalate now', { type: 'escalate' }],
    ['page', { type: 'form', form: 'escalate' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    'lead @ana',
    'lead somebody else',
    'role scribe',
    'role scribe @ana',
    'handoff',
    'page database',
    'page @ana',
    'escalate quickly',
  ])('"%s" is refused', (line) => {
    expect(action(line)).toMatch(/^refused: /);
  });
});

test.each([
  ['role comms bo', 'role comms @bo'],
  ['role comms', 'role comms @somebody'],
  ['handoff bo', 'handoff @bo'],
  ['lead bo', 'lead @bo'],
  ['role comms bo will write to customers', 'role scribe me'],
  ['lead somebody else', 'lead me'],
])('"%s" shows "%s"', (line, example) => {
  const parsed = typed(line);
  expect(parsed.ok ? null : parsed.refusal.example).toBe(example);
});

test('help where somebody else has acknowledged is said with ack', () => {
  expect(action('ack too')).toEqual({ type: 'ack', when: null, too: true });
});

describe('action', () => {
  const plain = { owner: null, refs: [], addresses: null, sort: null, done: false };
  const item = (text: string, more = {}, due: string | null = null) => ({
    type: 'action item',
    text,
    item: { ...plain, ...more },
    due,
  });
  test.each([
    ['action Add an alert', item('Add an alert')],
    ['task Add an alert <@U012ANA|ana>', item('Add an alert', { owner: 'U012ANA' })],
    ['todo Ask <@U012ANA|ana> for access', item('Ask @ana for access')],
    ['action Add an alert due Friday', item('Add an alert', {}, 'Friday')],
    [
      'action Add an alert due 2024-05-15 ref OPS-12, OPS-13 for c2 #preventive',
      item(
        'Add an alert',
        { refs: ['OPS-12', 'OPS-13'], addresses: 'c2', sort: 'preventive' },
        '2024-05-15',
      ),
    ],
    ['action Add #corrective #done', item('Add', { sort: 'corrective', done: true })],
    [
      'action Add ref https://example.com/1 due next Monday owner <@U012ANA>',
      item('Add', { owner: 'U012ANA', refs: ['https://example.com/1'] }, 'next Monday'),
    ],
    ['action Stop errors due to the cache', item('Stop errors due to the cache')],
    ['action Document the git ref format', item('Document the git ref format')],
    ['action Write docs for c-level', item('Write docs for c-level')],
    ['action due Friday comes the audit', item('due Friday comes the audit')],
    ['action done with the old cluster', item('done with the old cluster')],
    ['action done 2', { type: 'action done', item: 2 }],
    ['Action Done A2', { type: 'action done', item: 2 }],
    ['followup a2 done', { type: 'action done', item: 2 }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['action', { type: 'form', form: 'action' }],
    ['action new: Drop 3 old tables', item('Drop 3 old tables')],
    ['action new: list', item('list')],
    ['action new: 3 due Friday', item('3', {}, 'Friday')],
    ['role', { type: 'form', form: 'role' }],
    ['form resolve', { type: 'form', form: 'resolve' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test('a form that there is none of is free text', () => {
    expect(action('form submit fails on checkout')).toMatch(/^refused: /);
  });

  test.each(['action done', 'action #done', 'action due Friday', 'action new: due Friday'])(
    '"%s" is refused',
    (line) => {
      expect(action(line)).toMatch(/^refused: /);
    },
  );
});

describe('the end, and what can be looked at', () => {
  const resolve = { type: 'resolve', when: null, text: null, confirmed: false };
  const read = (what: object) => ({ type: 'read', read: what });
  test.each([
    ['resolve', resolve],
    ['close 15:28 rolled back', { ...resolve, when: '15:28', text: 'rolled back' }],
    ['resolve at 1528', { ...resolve, when: '1528' }],
    ['resolve rolled back', { ...resolve, text: 'rolled back' }],
    ['reopen', { type: 'reopen', when: null, reason: null }],
    ['reopen errors are back', { type: 'reopen', when: null, reason: 'errors are back' }],
    ['cancel false alarm', { type: 'cancel', reason: 'false alarm' }],
    ['postmortem', read({ type: 'draft' })],
    ['pm Show', read({ type: 'draft' })],
    ['retro refresh', { type: 'refresh draft' }],
    ['draft export', { type: 'export', format: 'md' }],
    ['postmortem export JSON', { type: 'export', format: 'json' }],
    ['postmortem export html', { type: 'export', format: 'html' }],
    ['postmortem export csv', { type: 'export', format: 'csv' }],
    ['postmortem export calendar', { type: 'export', format: 'ics' }],
    ['timeline', read({ type: 'timeline', all: false, page: 1 })],
    ['timeline ALL page 3', read({ type: 'timeline', all: true, page: 3 })],
    ['timeline 2', read({ type: 'timeline', all: false, page: 2 })],
    ['brief', read({ type: 'brief' })],
    ['catchup please', read({ type: 'brief' })],
    ['list', read({ type: 'list', what: 'open' })],
    ['list all', read({ type: 'list', what: 'all' })],
    ['last', read({ type: 'last' })],
    ['next', read({ type: 'next' })],
    ['help', read({ type: 'help', verb: null })],
    ['help Log', read({ type: 'help', verb: 'log' })],
    ['confirm 12.34.ab', { type: 'confirm', key: '12.34.ab' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['cancel', 'cancel false alarm, the probe was broken'],
    ['postmortem export pdf', 'postmortem export md'],
    ['postmortem export constructor', 'postmortem export md'],
    ['timeline restarted the pool', 'log restarted the pool'],
    ['list mine', 'list all'],
  ])('"%s" is refused with what would work', (line, example) => {
    expect(typed(line)).toMatchObject({ ok: false, refusal: { example } });
  });
});

import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { type Incident, UNTOUCHED } from '../../src/domain/incident.ts';
import {
  LEVELS,
  type Level,
  PERMISSIONS,
  type Permission,
  type Standing,
} from '../../src/domain/permissions.ts';
import { standingOf, whyDenied } from '../../src/domain/permitting.ts';
import { plainText } from '../../src/domain/text.ts';
import { refusalMessage } from '../../src/domain/views/refusal.ts';

const incident = (roles: Record<string, string> = {}): Incident => ({
  ...UNTOUCHED,
  id: 'i7',
  workspace: 'T1',
  number: 7,
  title: 'Checkout is down',
  severity: 'sev1',
  status: 'investigating',
  channel: { id: 'C7', name: 'inc-7', state: 'ready' },
  declaredBy: 'UDECLARER',
  openedAt: 0,
  armedAt: 0,
  nextEntry: 2,
  seq: 1,
  roles,
});

interface Someone {
  readonly standing?: Standing;
  readonly takesPart?: boolean;
  readonly commander?: string;
  readonly id?: string;
}

/** What somebody is told who asks for something that a level is needed for; null where they may. */
function asks(level: Level, someone: Someone = {}, what: Permission = 'cancel') {
  const { standing = 'member', takesPart = false, id = 'UME', commander } = someone;
  const about = incident(commander === undefined ? {} : { commander });
  return whyDenied(
    { what, asker: { id, standing, takesPart }, incident: about, source: 'button' },
    { permissions: { [what]: level }, administrators: ['UADA'] },
  );
}

const mayAt = (someone: Someone): Level[] =>
  LEVELS.filter((level) => asks(level, someone) === null);

describe('each level holds those that it names', () => {
  const all = [...LEVELS];
  test.each<[string, Someone, readonly Level[]]>([
    ['a guest', { standing: 'guest' }, ['guest']],
    ['a guest who takes part', { standing: 'guest', takesPart: true }, ['guest']],
    ['a guest whom somebody made commander', { standing: 'guest', commander: 'UME' }, ['guest']],
    ['a member', {}, ['guest', 'anyone']],
    ['a member, while somebody leads', { commander: 'UBO' }, ['guest', 'anyone']],
    [
      'whoever takes part, while nobody leads',
      { takesPart: true },
      ['guest', 'anyone', 'responder', 'commander'],
    ],
    [
      'whoever takes part, while somebody else leads',
      { takesPart: true, commander: 'UBO' },
      ['guest', 'anyone', 'responder'],
    ],
    [
      'the commander',
      { takesPart: true, commander: 'UME' },
      ['guest', 'anyone', 'responder', 'commander'],
    ],
    ['an administrator', { standing: 'administrator', commander: 'UBO' }, all],
    ['somebody whom Slack did not describe', { standing: 'unknown' }, ['guest', 'anyone']],
    [
      'the commander whom Slack did not describe',
      { standing: 'unknown', takesPart: true, commander: 'UME' },
      ['guest', 'anyone', 'responder'],
    ],
  ])('%s', (_, someone, levels) => {
    expect(mayAt(someone)).toEqual(levels);
  });
});

test('what Slack’s profile makes of somebody', () => {
  const of = (person: { admin: boolean; guest: boolean } | null, id = 'UME') =>
    standingOf(id, person, { administrators: ['UADA'] });
  expect(of({ admin: false, guest: false })).toBe('member');
  expect(of({ admin: true, guest: false })).toBe('administrator');
  expect(of({ admin: false, guest: true })).toBe('guest');
  expect(of({ admin: true, guest: true }), 'a guest is no administrator by Slack').toBe('guest');
  expect(of(null)).toBe('unknown');
  expect(of(null, 'UADA'), 'the configuration needs no profile').toBe('administrator');
});

describe('a refusal says who may, and whom to ask', () => {
  const said = (level: Level, someone: Someone = {}, what: Permission = 'redact'): string => {
    const refusal = asks(level, someone, what);
    if (refusal === null) throw new Error('they may');
    const { blocks } = refusalMessage(refusal, 'redact 3 a key');
    return blocks
      .map((block) => ('line' in block ? plainText(block.line) : 'text' in block ? block.text : ''))
      .join('\n');
  };

  test('the commander by name', () => {
    const text = said('commander', { commander: 'UBO' });
    expect(text).toContain('Only the commander of INC-7 may redact what others wrote');
    expect(text).toContain('Ask @UBO to do it.');
    expect(text, 'what was typed is given back').toContain(
      'What you typed, ready to pass on:\n/incident redact 3 a key',
    );
  });

  test('while nobody leads, that anybody may take command', () => {
    expect(said('commander')).toContain('/incident lead me');
  });

  test('administrators by name, where the configuration names some', () => {
    expect(said('administrator')).toContain('Ask @UADA to do it.');
  });

  test('guests are not told to take command', () => {
    const text = said('commander', { standing: 'guest' });
    expect(text).toContain('Guests and people of other organisations may not redact');
    expect(text).not.toContain('lead me');
    expect(text).toContain('Ask @UDECLARER to do it.');
  });

  test('it is written down who wanted what, of which incident, and by which door', () => {
    expect(asks('commander', { commander: 'UBO' }, 'redact')?.denied).toEqual({
      what: 'redact',
      needs: 'commander',
      standing: 'member',
      source: 'button',
      incident: 'i7',
    });
  });
});

test('with the defaults nobody but guests is held up by what can be taken back', () => {
  const closed = (Object.keys(PERMISSIONS) as Permission[]).filter(
    (what) =>
      whyDenied(
        {
          what,
          asker: { id: 'UME', standing: 'member', takesPart: false },
          incident: incident({ commander: 'UBO' }),
          source: 'command',
        },
        DEFAULTS,
      ) !== null,
  );
  expect(closed.toSorted()).toEqual(['denied', 'mend', 'merge', 'redact', 'repair', 'visibility']);
});

test('with the defaults guests read, write, acknowledge, and nothing else', () => {
  const open = (Object.keys(PERMISSIONS) as Permission[]).filter(
    (what) => PERMISSIONS[what].level === 'guest',
  );
  expect(open.toSorted()).toEqual(
    [
      ...[
        'ack',
        'brief',
        'capture',
        'card',
        'channel',
        'draft',
        'follow',
        'help',
        'home',
        'last',
        'log',
        'next',
      ],
      ...['release', 'sections', 'timeline', 'undo'],
    ].toSorted(),
  );
});

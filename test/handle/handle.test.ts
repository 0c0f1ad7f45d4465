import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDesk, HERE, incident, NOW, said } from './desk.ts';

const ELSEWHERE = 'C0GENERAL';

describe('which incident', () => {
  test.each([
    ['log hi', 'id-42'],
    ['/incident log hi', 'id-42'],
    ['  LOG hi', 'id-42'],
    ['42 log hi', 'id-42'],
    ['#42 log hi', 'id-42'],
    ['INC-42 log hi', 'id-42'],
    ['inc–42: log hi', 'id-42'],
  ])('"%s" in its channel is about INC-42', async (text, id) => {
    const desk = createDesk([incident(42), incident(7)]);
    expect(said(await desk.type(text))).toBe('Done.');
    expect(desk.changes).toMatchObject([{ subject: { type: 'incident', id } }]);
  });

  test('a number names it from a channel that is no incident’s', async () => {
    const desk = createDesk([incident(42)]);
    await desk.type('42 log hi', { channel: ELSEWHERE });
    expect(desk.changes).toMatchObject([
      { subject: { id: 'id-42' }, request: { typed: '42 log hi' } },
    ]);
  });

  test('an opening is about none', async () => {
    const desk = createDesk([incident(42)]);
    await desk.type('open sev1 Checkout');
    expect(desk.changes).toMatchObject([{ subject: { type: 'new' }, key: '1.0', workspace: 'T1' }]);
  });

  test('without a number outside a channel the open ones are named', async () => {
    const desk = createDesk([1, 2, 3, 4, 5, 6].map((number) => incident(number)));
    const handled = await desk.type('log hi', { channel: ELSEWHERE });
    expect(said(handled).split('\n')).toEqual([
      'This is not the channel of an incident. Type it in the channel of the one you mean, or put its number first.',
      'This would work:',
      '/incident 6 log hi',
      'What you typed: /incident log hi',
      '- 6 INC-6 · Trouble 6',
      '- 5 INC-5 · Trouble 5',
      '- 4 INC-4 · Trouble 4',
      '- 3 INC-3 · Trouble 3',
      '- 2 INC-2 · Trouble 2',
    ]);
    expect(desk.changes).toEqual([]);
  });

  test('a number that stands before no verb is text', async () => {
    const desk = createDesk([incident(42)]);
    const handled = await desk.type('500 errors on checkout');
    expect(said(handled)).toContain('Muster does not know the verb “500”.');
    expect(said(handled)).toContain('This would work:\n/incident log 500 errors on checkout');
    expect(desk.changes).toEqual([]);
  });

  test('a number before a verb that is about no incident opens nothing', async () => {
    const desk = createDesk([incident(42)]);
    expect(said(await desk.type('500 open connections'))).toContain('leave the number out');
    expect(desk.changes).toEqual([]);
  });
});

describe('private incidents', () => {
  const secret = incident(9, { private: true });

  test('are not told apart from none by who takes no part', async () => {
    const desk = createDesk([secret]);
    const hidden = said(await desk.type('9 timeline', { channel: ELSEWHERE }));
    const absent = said(await desk.type('8 timeline', { channel: ELSEWHERE }));
    expect(hidden).toBe(absent.replaceAll('8', '9'));
    await desk.type('9 log hi', { channel: ELSEWHERE });
    expect(desk.changes).toEqual([]);
  });

  test('are there for who takes part, and for everybody in their channel', async () => {
    const desk = createDesk([secret]);
    const opener = { id: 'U012OPENER', zone: null };
    expect(said(await desk.type('9', { channel: ELSEWHERE, actor: opener }))).toContain('INC-9');
    expect(said(await desk.type('9', { channel: 'C09' }))).toContain('INC-9');
    expect(said(await desk.type('', { channel: 'C09' }))).toContain('INC-9');
  });
});

describe('verbs', () => {
  test('a mistyped one gets the nearest, with the rest as it was', async () => {
    const desk = createDesk([incident(42)]);
    const words = said(await desk.type('lgo 14:31 it broke'));
    expect(words).toContain('Muster does not know the verb “lgo”.');
    expect(words).toContain('This would work:\n/incident log 14:31 it broke');
    expect(words).toContain('What you typed: /incident lgo 14:31 it broke');
    expect(words).toContain('[Log it: log 14:31 it broke]');
    expect(said(await desk.type('42 resovle'))).toContain('/incident 42 resolve');
  });

  test('free text is not guessed at', async () => {
    const desk = createDesk([incident(42)]);
    const words = said(await desk.type('database is slow'));
    expect(words).toContain('This would work:\n/incident log database is slow');
    expect(desk.changes).toEqual([]);
  });

  test('the example of a refusal names the incident that the line named', async () => {
    const desk = createDesk([incident(42)]);
    const words = said(await desk.type('42 cancel', { channel: ELSEWHERE }));
    expect(words).toContain('/incident 42 cancel false alarm');
  });

  test.each([
    ['', 'form declare'],
    ['open', 'form declare'],
    ['42 update', 'form update'],
    ['42 sev', 'form severity'],
    ['42 page', 'form escalate'],
    ['42 log', 'form entry'],
  ])('"%s" outside an incident is the %s', async (text, form) => {
    const desk = createDesk([incident(42)]);
    expect(said(await desk.type(text, { channel: ELSEWHERE }))).toBe(form);
  });

  test('a bare one in an incident channel is the card, and a number alone is that one’s', async () => {
    const desk = createDesk([incident(42), incident(7)]);
    expect(said(await desk.type(''))).toContain('INC-42 · Trouble 42');
    expect(said(await desk.type('7'))).toContain('INC-7 · Trouble 7');
  });

  test('help knows every verb, and what is near one', async () => {
    const desk = createDesk([]);
    expect(said(await desk.type('help'))).toContain('- log Adds a line to the timeline');
    expect(said(await desk.type('help'))).not.toContain('confirm');
    expect(said(await desk.type('help note'))).toContain('/incident log 14:31 rollback started');
    expect(said(await desk.type('help lgo'))).toContain('/incident help log');
  });
});

describe('what is typed', () => {
  test('is unescaped once, and people in it get their names', async () => {
    const desk = createDesk([incident(42)]);
    const ana = {
      id: 'U012ANA',
      name: 'ana',
      zone: null,
      admin: false,
      guest: false,
      bot: false,
      deleted: false,
    };
    desk.people.push(ana);
    await desk.type('log <@U012ANA> saw a &lt; b &amp;amp; <https://example.com|example.com>');
    expect(desk.changes[0]?.request).toMatchObject({
      typed: 'log @ana saw a < b &amp; https://example.com',
      action: { text: '@ana saw a < b &amp; https://example.com' },
    });
  });

  test('by a button is taken as it is', async () => {
    const desk = createDesk([incident(42)]);
    await desk.type('42 log a &amp; b', { source: 'button' });
    expect(desk.changes[0]?.request.action).toMatchObject({ text: 'a &amp; b' });
  });

  test('and refused is ready to resend, once and with `last`', async () => {
    const desk = createDesk([incident(42)]);
    expect(said(await desk.type('last'))).toBe(
      'Nothing that you typed was refused in the last 24 hours.',
    );
    const refused = await desk.type('comms told everybody <@U012ANA|ana>\nabout it');
    expect(refused).toMatchObject({ reply: { outcome: 'refused', to: 'asker' } });
    expect(said(refused)).toContain('/incident comms told everybody @ana\nabout it');
    expect(said(await desk.type('last'))).toContain(
      '/incident comms told everybody @ana\nabout it',
    );
    expect(said(await desk.type('last'))).toContain('Say first who was told');
  });

  test('is not repeated when it was the verb alone', async () => {
    const desk = createDesk([incident(42)]);
    expect(said(await desk.type('cancel'))).not.toContain('ready to resend');
  });

  test('and repeated under the same key gets the same answer', async () => {
    const desk = createDesk([incident(42)]);
    const first = await desk.type('nonsense here', { key: 'k1' });
    expect(await desk.type('nonsense here', { key: 'k1' })).toEqual(first);
  });

  test('may be anything at all', async () => {
    const incidents = [incident(42), incident(7), incident(9, { private: true })];
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom('42', '#7', 'INC-9', ''),
          fc.constantFrom(
            'log',
            'open',
            'edit',
            'page',
            'action',
            'confirm',
            'help',
            'detected',
            'set',
          ),
          fc.string({ unit: 'grapheme' }),
        )
        .map((words) => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(line, fc.constantFrom(HERE, ELSEWHERE), async (text, channel) => {
        const handled = await createDesk(incidents, { asks: true }).type(text, { channel });
        expect(said(handled)).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });
});

test('a draft is shown with its version, or where it comes from', async () => {
  const desk = createDesk([incident(42)]);
  expect(said(await desk.type('postmortem'))).toContain('[Compose it now: 42 postmortem refresh]');
  const message = { summary: ['Draft'], blocks: [{ type: 'heading', text: 'The draft' } as const] };
  desk.drafts.push({ version: 3, markdown: '# The draft', message, at: NOW, basedOn: 9 });
  expect(said(await desk.type('pm show'))).toMatch(/^The draft\nVersion 3 of the draft/);
});

test('the snooze form of an incident that is over does not open: nothing in it could be put off', async () => {
  const desk = createDesk([incident(42, { status: 'resolved' })]);
  const handled = await desk.type('snooze');
  expect(said(handled)).toContain(
    'INC-42 is resolved: only an open incident has timers to snooze.',
  );
  const open = createDesk([incident(42)]);
  expect(await open.type('snooze')).toMatchObject({ type: 'form', form: 'snooze' });
});

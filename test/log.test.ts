import { describe, expect, test } from 'vitest';
import { createLog, type Facts, type LogOptions } from '../src/log.ts';

/** A log and the lines it wrote. */
function listen(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog({ level: 'debug', ...options, destination });
  const told = () =>
    lines.map((line) => {
      const { time, ...rest } = JSON.parse(line);
      expect(new Date(time).getTime()).toBeGreaterThan(0);
      return rest;
    });
  return { log, told, text: () => lines.join('') };
}

test('an event is told with its facts', () => {
  const { log, told } = listen();
  log.with({ workspace: 'T1' }).info('timer fired', { timer: 't-1', lateMs: 12, due: undefined });
  expect(told()).toEqual([
    { level: 'info', event: 'timer fired', workspace: 'T1', timer: 't-1', lateMs: 12 },
  ]);
});

test('what is below the level is not told', () => {
  const { log, told } = listen({ level: 'warn' });
  log.info('heard');
  log.warn('seen');
  expect(told().map(({ event }) => event)).toEqual(['seen']);
});

test('what a person typed is withheld, whatever its key', () => {
  const { log, told } = listen();
  log.info('entry added', { entry: 4, text: 'the database of ACME is down' });
  expect(told()[0]).toMatchObject({ entry: 4, text: '[text withheld]' });
});

test('objects that get past the compiler are withheld', () => {
  const { log, told } = listen();
  const facts: Facts = JSON.parse('{"body":{"user":"mallory"},"list":["a b"]}');
  log.info('odd', facts);
  expect(told()[0]).toMatchObject({ body: '[not an id]', list: '[not an id]' });
});

test('facts cannot pose as another level or event', () => {
  const { log, told } = listen();
  log.info('real', { event: 'forged', level: 'fatal' });
  expect(told()[0]).toMatchObject({ level: 'info', event: 'real', event_: 'forged' });
});

describe('secrets', () => {
  test('are hidden by key', () => {
    const { log, text } = listen();
    log.info('started', {
      botToken: 'hunter2',
      SIGNING_SECRET: 'hunter2',
      password: 'hunter2',
      cookie: 'hunter2',
    });
    expect(text()).not.toContain('hunter2');
  });

  test.each([
    'xoxb-1111-2222-hunter2',
    'xoxe.xoxp-1-hunter2',
    'xapp-1-A1-2-hunter2',
    'postgres://me:hunter2@db:5432/muster',
    'postgres://me:p@ss/hunter2@db/muster',
    'redis://:hunter2@cache:6379',
    'rediss://default:hunter2@cache',
    'https://hooks.slack.com/commands/T1/1/hunter2',
    'wss://wss-primary.slack.com/link/?ticket=hunter2',
    'Bearer hunter2hunter2',
    'password=hunter2',
    '{"client_secret":"hunter2"}',
  ])('%s is hidden in an error, its cause and an event', (secret) => {
    const { log, text } = listen();
    const cause = new Error(`refused: ${secret}`);
    log.error('failed', { url: secret }, new Error(`could not use ${secret}`, { cause }));
    log.warn(`about ${secret}`);
    expect(text()).toContain('[hidden]');
    expect(text()).not.toContain('hunter2');
  });

  test.each(['0123456789abcdef0123456789abcdef', 'quo"te\\d-key', 'p@ss/wörd'])(
    'the given one %s is hidden in every spelling',
    (secret) => {
      const { log, text } = listen({ secrets: [secret] });
      log.error('failed', {}, new Error(`with ${secret} and ${encodeURIComponent(secret)}`));
      expect(text()).toContain('with [hidden] and [hidden]');
    },
  );

  test('what is harmless is left alone', () => {
    const { log, told } = listen({ secrets: ['', 'ok'] });
    log.info('call ok', { url: 'https://slack.com/api/chat.postMessage', at: '10:51:00' });
    expect(told()[0]).toMatchObject({
      event: 'call ok',
      url: 'https://slack.com/api/chat.postMessage',
      at: '10:51:00',
    });
  });
});

describe('an error', () => {
  test('of drizzle is told without query and parameters', () => {
    const { log, told, text } = listen();
    const inner = Object.assign(new Error('duplicate key value violates unique constraint "i"'), {
      code: '23505',
      severity: 'ERROR',
      detail: 'Key (title)=(ACME is down) already exists.',
      constraint_name: 'i',
      parameters: ['ACME is down'],
      query: "insert into entry values ('ACME is down')",
    });
    const message =
      'Failed query: insert into entry values ($1)\nparams: ACME is down\n    at ACME is down';
    log.error('change failed', {}, new Error(message, { cause: inner }));
    expect(text()).not.toContain('ACME');
    expect(told()[0].error).toMatchObject({
      message: 'Failed query',
      cause: { code: '23505', constraint_name: 'i', message: expect.stringContaining('unique') },
    });
  });

  test('of PostgreSQL about a value does not quote it', () => {
    const { log, text } = listen();
    const message = 'invalid input syntax for type integer: "ACME "is" down"';
    log.error(
      'failed',
      {},
      Object.assign(new Error(message), { code: '22P02', severity: 'ERROR' }),
    );
    expect(text()).not.toContain('ACME');
    expect(text()).toContain('invalid input syntax for type integer');
  });

  test('of Slack is told by its code', () => {
    const { log, told, text } = listen();
    const data = { ok: false, error: 'invalid_blocks', response_metadata: { messages: ['ACME'] } };
    const error = Object.assign(new Error('An API error occurred: invalid_blocks'), { data });
    log.warn('delivery failed', {}, error);
    expect(told()[0].error).toMatchObject({ slack: 'invalid_blocks' });
    expect(text()).not.toContain('ACME');
  });

  test('has its frames, once', () => {
    const { log, told } = listen();
    log.error('failed', {}, new Error('boom'));
    const { stack } = told()[0].error;
    expect(stack[0]).toMatch(/^at .*log\.test\.ts:\d+:\d+/);
  });

  test.each([['a string with ACME'], [{ text: 'ACME' }], [null]])(
    'that is none is told as its type: %j',
    (thrown) => {
      const { log, told, text } = listen();
      log.error('failed', {}, thrown);
      expect(told()[0].error.message).toBe('thrown without an Error');
      expect(text()).not.toContain('ACME');
    },
  );

  test('that is its own cause ends', () => {
    const { log, told } = listen();
    const error = new Error('round');
    error.cause = error;
    log.error('failed', {}, error);
    expect(told()).toHaveLength(1);
  });
});

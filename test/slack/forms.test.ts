import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { say } from '../../src/domain/text.ts';
import type { Handled } from '../../src/handle.ts';
import type { SlackEdge } from '../../src/slack/app.ts';
import { soon } from '../support/soon.ts';
import { done, edgeIn, incident, office } from './support.ts';

let workspace: Workspace;
let edge: SlackEdge | undefined;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  await edge?.stop(1000);
  edge = undefined;
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

const reply = (...words: string[]): Handled => ({ type: 'reply', reply: done(...words) });
const form = (name: FormName): Handled => ({
  type: 'form',
  form: name,
  incident: name === 'declare' ? null : incident(),
});

async function start(...args: Parameters<typeof edgeIn> extends [unknown, ...infer R] ? R : never) {
  const started = await edgeIn(workspace, ...args);
  edge = started.edge;
  return started;
}

test.each([
  [
    'declare',
    {
      title: 'Checkout *down*',
      severity: 'sev1',
      since: '10 minutes ago',
      visibility: ['private'],
    },
    'open sev1 private: Checkout *down* since 10 minutes ago',
  ],
  ['declare', { title: 'Checkout down' }, 'open Checkout down'],
  [
    'update',
    { text: 'Rollback running.\nNext at 15:30.' },
    '42 update Rollback running.\nNext at 15:30.',
  ],
  ['severity', { severity: 'sev2', reason: 'one region' }, '42 sev sev2 one region'],
  [
    'escalate',
    { people: ['U0BO'], groups: ['<!subteam^S012SRE>'], reason: 'it is yours' },
    '42 page <@U0BO> <!subteam^S012SRE> -- it is yours',
  ],
  [
    'snooze',
    { timer: 'policy', length: '10', reason: 'the vendor is late' },
    '42 snooze policy 10 min: the vendor is late',
  ],
  [
    'entry',
    { text: 'restarted the pool', time: '0830', kinds: ['action', 'failed'] },
    '42 log at 0830, restarted the pool #action #failed',
  ],
  ['entry', { text: 'restarted the pool' }, '42 log restarted the pool'],
] as const)('the form %s types its command', async (name, values, text) => {
  const { inputs } = await start(async ({ source }) =>
    source === 'form' ? reply('Done by form.') : form(name),
  );
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident form');
  expect(typed).toMatchObject({ status: 200, reply: null });
  const submitted = await workspace.submit('U0ANA', values as never);
  expect(submitted).toMatchObject({ status: 200, response: null });
  expect(inputs.at(-1)).toMatchObject({ text, source: 'form', channel: 'C0WAR' });
  await soon(() => expect(workspace.replies.map((one) => one.text)).toEqual(['Done by form.']));
  expect(workspace.viewOf('U0ANA')).toBeUndefined();
});

test('what a form was refused for stands at its field, and correcting it is a new request', async () => {
  const { inputs } = await start(async ({ source, text }) => {
    if (source !== 'form') return form('update');
    if (text.includes('good')) return reply('Posted.');
    return { type: 'reply', reply: { message: say('Say more.'), to: 'asker', outcome: 'refused' } };
  });
  await workspace.type('U0ANA', 'C0WAR', '/incident update');
  const refused = await workspace.submit('U0ANA', { text: 'bad' });
  expect(refused.response).toEqual({ response_action: 'errors', errors: { text: 'Say more.' } });
  await workspace.submit('U0ANA', { text: 'good' });
  expect(workspace.viewOf('U0ANA')).toBeUndefined();
  expect(inputs.at(-1)?.key).not.toBe(inputs.at(-2)?.key);
});

test('a time that cannot be read is refused at its field before anything is done', async () => {
  const { inputs } = await start(async () => form('entry'));
  await workspace.type('U0ANA', 'C0WAR', '/incident log');
  const refused = await workspace.submit('U0ANA', { text: 'it broke', time: 'after the deploy' });
  expect(refused.response).toMatchObject({
    errors: { time: expect.stringContaining('after the deploy') },
  });
  expect(inputs).toHaveLength(1);
});

test('a slow form closes in time, and its answer follows', async () => {
  await start(
    async ({ source }) => {
      if (source !== 'form') return form('update');
      await pause(250);
      return reply('Late but posted.');
    },
    { deadlineMs: 120 },
  );
  await workspace.type('U0ANA', 'C0WAR', '/incident update');
  expect(await workspace.submit('U0ANA', { text: 'x' })).toMatchObject({ status: 200 });
  await soon(() => expect(workspace.replies.map((one) => one.text)).toEqual(['Late but posted.']));
});

test('a form that Slack does not open is replaced by what to type', async () => {
  await start(async () => form('update'));
  workspace.faults.push({
    method: /^views\.open$/,
    times: 1,
    mode: 'error',
    error: 'expired_trigger_id',
  });
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident update');
  expect(JSON.stringify(typed.reply?.blocks)).toContain('/incident 42 update');
});

test('the shortcuts open their forms, a message brings its time and text along', async () => {
  await start(async () => reply('Declared.'));
  await workspace.shortcut('U0ANA', 'incident_declare');
  expect(workspace.viewOf('U0ANA')?.callbackId).toBe('form:declare');
  await workspace.submit('U0ANA', { title: 'Checkout down' });
  await soon(() => expect(workspace.directMessages('U0ANA')).toHaveLength(1));
  await edge?.one?.client.chat.postMessage({ channel: 'C0WAR', text: 'pool is full' });
  const message = workspace.channel('C0WAR')?.messages.at(-1);
  await workspace.shortcut('U0ANA', 'timeline_add', message);
  expect(workspace.viewOf('U0ANA')?.callbackId).toBe('form:entry');
  expect(JSON.stringify(workspace.viewOf('U0ANA')?.blocks)).toContain('pool is full');
});

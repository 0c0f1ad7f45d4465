import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import type { Entered, Workspace } from '../../src/demo/workspace/index.ts';
import { say } from '../../src/domain/text.ts';
import type { Handled } from '../../src/handle.ts';
import { StoreUnavailable } from '../../src/ports.ts';
import type { SlackEdge } from '../../src/slack/app.ts';
import { FORMS } from '../../src/slack/forms/index.ts';
import { soon } from '../support/soon.ts';
import { done, edgeIn, incident, office } from './support.ts';

interface Opened {
  /** What somebody types, or a button types for them. */
  readonly line: string;
  readonly filled?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Entered>>;
}

const MINUTE_AGO = new Date(Date.now() - 60_000).toISOString();
const PASTED = `${MINUTE_AGO.slice(11, 16)} Rollback started`;

/** Every form with the line that opens it and what somebody fills in. */
const OPENED: Readonly<Record<FormName, Opened>> = {
  declare: { line: 'open', values: { title: 'Checkout is down', severity: 'sev1' } },
  update: { line: 'update', values: { text: 'Rolling back.\nMore at 15:30.' } },
  severity: { line: 'sev', values: { severity: 'sev2', reason: 'one region' } },
  escalate: { line: 'page', values: { people: ['U0BO'], reason: 'replication is broken' } },
  entry: { line: 'log', values: { text: 'restarted the pool', time: '12m ago' } },
  edit: {
    line: 'edit 9',
    filled: { entry: '9', text: 'restarted the pool', time: '2026-03-08 14:31 UTC' },
    values: { text: 'restarted the pool of node 7', time: '2026-03-08 14:31 UTC' },
  },
  snooze: { line: 'snooze', values: { timer: 'policy', reason: 'the vendor answers at 15:30' } },
  import: {
    line: `import ${PASTED}`,
    filled: { date: MINUTE_AGO.slice(0, 10), zone: 'UTC', lines: PASTED },
    values: {},
  },
  section: {
    line: 'postmortem section summary',
    filled: { section: 'summary', replaces: 'yes', seen: '' },
    values: { text1: 'Checkout failed for everybody.' },
  },
  role: { line: 'role', values: { person: 'U0BO', note: 'call me' } },
  action: { line: 'action', values: { text: 'Alert on pool usage', owner: 'U0BO' } },
  status: { line: 'status', values: { status: 'identified', text: 'a lock' } },
  resolve: { line: 'form resolve', values: { text: 'rolled back' } },
};
const NAMES = Object.keys(OPENED) as FormName[];

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

type Answer = () => Handled | Promise<Handled>;

const formOf = (name: FormName): Handled => ({
  type: 'form',
  form: name,
  incident: name === 'declare' ? null : incident(),
  ...(OPENED[name].filled === undefined ? {} : { filled: OPENED[name].filled }),
});
const refused = (...words: string[]): Handled => ({
  type: 'reply',
  reply: { message: say(...words), to: 'asker', outcome: 'refused' },
});

/** The edge, with what opening a form and sending it come to; each sending takes the next answer. */
async function start(opening: Answer, sending: Answer[] = [], formAfterMs = 5000) {
  const started = await edgeIn(
    workspace,
    async ({ source }) => (source === 'form' ? (sending.shift() ?? opening)() : opening()),
    { formAfterMs },
  );
  edge = started.edge;
  return started.inputs;
}

const type = (name: FormName) => workspace.type('U0ANA', 'C0WAR', `/incident ${OPENED[name].line}`);
const view = () => workspace.viewOf('U0ANA');
const shown = (): string => JSON.stringify(view()?.blocks ?? []);

test.each(NAMES)(
  'the form %s has its place in time, however long it is looked up',
  async (name) => {
    let known = false;
    await start(
      async () => {
        await pause(400);
        known = true;
        return formOf(name);
      },
      [],
      40,
    );
    await type(name);
    await soon(() => expect(view()).toBeDefined());
    expect(known).toBe(false);
    expect(view()).toMatchObject({ title: FORMS[name].title, submit: undefined });
    expect(shown()).toContain('/incident ');
    await soon(() => expect(view()?.callbackId).toBe(`form:${name}`));
    expect(view()?.submit).toBeDefined();
    expect(workspace.replies).toEqual([]);
  },
);

test('where another answer than a form comes late, the place says so and the answer follows', async () => {
  await start(
    async () => {
      await pause(150);
      return refused('INC-42 is resolved. Reopen it first.');
    },
    [],
    30,
  );
  await type('status');
  await soon(() => expect(workspace.replies).toHaveLength(1));
  expect(workspace.replies[0]?.text).toContain('Reopen it first.');
  await soon(() => expect(shown()).toContain('INC-42 is resolved. Reopen it first.'));
  expect(view()?.submit).toBeUndefined();
});

test('whoever closes the place while it is empty gets no form', async () => {
  await start(
    async () => {
      await pause(200);
      return formOf('update');
    },
    [],
    30,
  );
  await type('update');
  await soon(() => expect(view()).toBeDefined());
  await workspace.dismiss('U0ANA');
  await pause(300);
  expect(view()).toBeUndefined();
  expect(workspace.replies).toEqual([]);
});

test.each(NAMES)('the form %s keeps what was typed through every trouble', async (name) => {
  const fails = (error: Error) => (): never => {
    throw error;
  };
  const inputs = await start(
    () => formOf(name),
    [
      fails(new Error('a mistake of ours')),
      fails(new StoreUnavailable('PostgreSQL cannot be reached', 'away')),
      () => refused('That cannot be.'),
      () => ({ type: 'reply', reply: done('Done.') }),
    ],
  );
  await type(name);
  const { values } = OPENED[name];
  // What is pasted is looked at first, and sent then.
  if (name === 'import') await workspace.submit('U0ANA', values);
  for (const said of ['ran into an error', 'database does not answer', 'That cannot be.']) {
    const { response } = await workspace.submit('U0ANA', values);
    const { errors = {} } = response as { errors?: Record<string, string> };
    expect(Object.values(errors).join()).toContain(said);
    expect(view()?.callbackId).toBe(`form:${name}`);
  }
  await workspace.submit('U0ANA', values);
  expect(view()).toBeUndefined();
  const sent = inputs.filter(({ source }) => source === 'form');
  // Pressed again it is the same request: what was done all the same is not done twice.
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect(sent).toHaveLength(4);
});

test.each(NAMES)('where Slack does not open the form %s, what to type is said', async (name) => {
  await start(() => formOf(name));
  const expired = { mode: 'error', error: 'expired_trigger_id', times: 1 } as const;
  workspace.faults.push({ method: /^views\.open$/, ...expired });
  const { reply } = await type(name);
  const said = JSON.stringify(reply?.blocks);
  expect(said).toContain('Slack did not open the form');
  const { line, filled } = OPENED[name];
  expect(said).toContain(filled === undefined ? '/incident ' : `/incident ${line}`);
});

import { afterEach, describe, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { eventually } from '../support/story.ts';
import { createTenants, type Tenants } from '../support/tenants.ts';

// Somebody of another workspace knows a number, a channel, a question or a form of this one.

const begin = storyteller();
let tenants: Tenants | undefined;
afterEach(async () => {
  await tenants?.close();
  tenants = undefined;
});

type Json = Readonly<Record<string, unknown>>;

/** What was sent last by a press or a form, as Slack would send it with something changed. */
async function again(workspace: Workspace, through: Workspace, change: (sent: Json) => Json) {
  const delivery = workspace.deliveries.findLast(({ kind }) => kind === 'interaction');
  const sent: Json = JSON.parse(new URLSearchParams(delivery?.body).get('payload') ?? '{}');
  return interaction(through, change(sent));
}

function interaction(through: Workspace, payload: Json) {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const headers = { ...through.sign(body), 'content-type': 'application/x-www-form-urlencoded' };
  return through.rawRequest({ body, headers });
}

/** Two workspaces of one Muster: an incident with the same number in each, or only in the first. */
async function both(inTwo: boolean) {
  tenants = await createTenants();
  const { one, two, install, type, incidentChannel } = tenants;
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 Zebrafish in the pond');
  const channel = await incidentChannel(one);
  if (inTwo) {
    await type(two, 'U0ANA', 'open sev1 Quiet pond');
    await incidentChannel(two);
  }
  // A channel with its card is known to be the incident's.
  await eventually(() => channel.messages.length > 0, 'the card is posted');
  return { ...tenants, channel };
}

/** Who wrote what into which workspace's record. */
const written = ({ sql }: Pick<Tenants, 'sql'>) =>
  sql<{ workspace: string; text: string }[]>`
    select i.workspace, e.text from entry e join incident i on i.id = e.incident_id
    where e.source = 'form' order by e.no`;

const ids = (team: string) => ({ team: { id: team, domain: 'd' } });

describe('another workspace of the same Muster', () => {
  test('finds nothing by number, by button, by question, by form or by channel', async () => {
    const { one, two, type, channel, sql } = await both(false);
    for (const line of ['1', '1 timeline', '1 log hello', '1 postmortem export json', '1 doctor'])
      expect(await type(two, 'U0ANA', line), line).toContain('There is no INC-1.');
    for (const line of ['find zebrafish', 'find in INC-1 zebrafish', 'list all', 'stats', 'home'])
      expect(await type(two, 'U0ANA', line), line).not.toContain('in the pond');

    // A question that somebody over there was asked, and a button.
    await type(one, 'U0ANA', 'resolve all quiet', channel.id);
    const question = one.seenBy('U0ANA').findLast(({ text }) => text.includes('acknowledged'));
    const confirm = JSON.stringify(question?.blocks).match(/"value":"(confirm [^"]+)"/)?.[1];
    expect(confirm).toBeDefined();
    const [card] = channel.messages;
    if (card === undefined) throw new Error('there is no card');
    await one.click('U0BO', card, 'Acknowledge');
    const press = async (value: string) => {
      const before = two.seenBy('U0ANA').length + two.directMessages('U0ANA').length;
      const answer = await again(one, two, (sent) => ({
        ...{ ...sent, ...ids('T0TWO'), channel: { id: 'C0OTHER', name: 'other' } },
        ...{ user: { id: 'U0ANA', name: 'ana', team_id: 'T0TWO' } },
        ...{ trigger_id: two.trigger('U0ANA'), response_url: '' },
        actions: [{ type: 'button', action_id: 'do:0', block_id: 'b', value, action_ts: '1.1' }],
      }));
      expect(answer.status).toBe(200);
      await eventually(
        () => two.seenBy('U0ANA').length + two.directMessages('U0ANA').length > before,
        `${value} is answered`,
      );
      return JSON.stringify([...two.seenBy('U0ANA'), ...two.directMessages('U0ANA')].slice(-2));
    };
    expect(await press('1 resolve')).toContain('There is no INC-1.');
    expect(await press(confirm ?? '')).toContain('There is no such question');

    // A form that remembers the other workspace's incident and channel.
    await one.type('U0ANA', channel.id, '/incident log');
    await eventually(() => one.viewOf('U0ANA'), 'the form opens');
    await one.submit('U0ANA', { text: 'mine', time: '' });
    await eventually(async () => (await written({ sql })).length === 1, 'it is written');
    const sent = await again(one, two, (form) => ({
      ...{ ...form, ...ids('T0TWO'), user: { id: 'U0ANA', name: 'ana', team_id: 'T0TWO' } },
      view: { ...(form.view as Json), id: 'V0FORGED', app_installed_team_id: 'T0TWO' },
    }));
    expect(JSON.stringify(sent.body)).toContain('There is no INC-1.');
    await two.event({
      ...{ type: 'reaction_added', user: 'U0ANA', reaction: 'pushpin' },
      item: { type: 'message', channel: channel.id, ts: card.ts },
    });
    expect(await written({ sql })).toEqual([{ workspace: 'T0ONE', text: 'mine' }]);
    const others =
      await sql`select 1 from incident where workspace <> 'T0ONE' or status = 'resolved'`;
    expect(others).toEqual([]);
  });

  test('asks for the choices of a menu and gets none', async () => {
    const { two } = await both(false);
    const answer = await interaction(two, {
      ...{ type: 'block_suggestion', ...ids('T0TWO'), action_id: 'do:0', block_id: 'b' },
      ...{ value: '1 zebrafish', api_app_id: two.appId, user: { id: 'U0ANA', team_id: 'T0TWO' } },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ options: [] });
  });

  test('a form of a shared channel goes where it was opened, not to whoever sends it', async () => {
    const { one, channel, sql } = await both(true);
    await one.type('U0ANA', channel.id, '/incident log');
    await eventually(() => one.viewOf('U0ANA'), 'the form opens');
    await one.submit('U0ANA', { text: 'of ana', time: '' });
    await eventually(async () => (await written({ sql })).length === 1, 'it is written');
    const guest = { id: 'U0BO', name: 'bo', team_id: 'T0TWO' };
    const answer = await again(one, one, (form) => ({
      ...{ ...form, ...ids('T0TWO'), user: guest },
      view: { ...(form.view as Json), id: 'V0SHARED', app_installed_team_id: 'T0ONE' },
    }));
    expect(answer.status).toBe(200);
    await eventually(async () => (await written({ sql })).length === 2, 'the other, too');
    const places = (await written({ sql })).map(({ workspace }) => workspace);
    expect(places).toEqual(['T0ONE', 'T0ONE']);
  });
});

test('a workspace that has the app, and not this Muster, is served nothing', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  const { workspace } = story;
  await story.opens('ana', 'sev1 Checkout is down');
  const [typed] = workspace.deliveries.filter(({ kind }) => kind === 'command');
  const channels = workspace.channels.size;
  const body = new URLSearchParams(typed?.body);
  body.set('team_id', 'T0FOREIGN');
  body.set('trigger_id', '1.foreign');
  const headers = {
    ...workspace.sign(body.toString()),
    'content-type': 'application/x-www-form-urlencoded',
  };
  const answer = await workspace.rawRequest({ body: body.toString(), headers });
  expect(JSON.stringify(answer.body)).toContain('not installed in this workspace');
  await story.settle();
  expect(await story.sql`select 1 from incident`).toHaveLength(1);
  expect(workspace.channels.size).toBe(channels);
});

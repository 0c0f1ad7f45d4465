import { afterEach, expect, test } from 'vitest';
import type { Workspace, WorkspaceOptions } from '../../src/demo/workspace/index.ts';
import { say } from '../../src/domain/text.ts';
import { StoreUnavailable } from '../../src/ports.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createHome, type Home } from '../../src/slack/home/index.ts';
import { createLookers } from '../../src/slack/home/lookers.ts';
import { someDoctor } from '../domain/doctor/well.ts';
import { soon } from '../support/soon.ts';
import { done, incident, memory, office, quiet, SETTINGS } from './support.ts';

const TEAM = 'T0MUSTER';
let workspace: Workspace;
let home: Home;

afterEach(async () => {
  home.stop();
  await workspace.close();
});

/** A Home over a record that the test changes: what is open, and whether the database answers. */
async function begin(options: WorkspaceOptions = {}) {
  workspace = await office(options);
  const known = { title: 'checkout down', away: false, asked: 0 };
  const answer = async <T>(what: T): Promise<T> => {
    if (known.away) throw new StoreUnavailable('away', 'away');
    return what;
  };
  const about = incident();
  const { store } = memory(about);
  const { curious } = createClients({ token: workspace.botToken, apiUrl: workspace.apiUrl }, quiet);
  home = createHome({
    client: curious,
    ports: {
      settings: { ...SETTINGS, administrators: [] },
      doctor: someDoctor(),
      store: {
        ...store,
        actionItems: () => answer([]),
        homeMark: () => {
          known.asked += 1;
          return answer(known.title);
        },
        home: () =>
          answer({
            open: [
              {
                incident: { ...about, title: known.title },
                timers: [],
                ...{ mine: false, pinged: false },
              },
            ],
            ...{ counts: { mine: 0, others: 1 }, postmortems: [], asOf: Date.now() },
          }),
      },
    },
    log: quiet,
    ...{ everyMs: 20, paceMs: 1 },
  });
  return known;
}

const shown = (user = 'U0BO'): string => JSON.stringify(workspace.homeOf(user)?.blocks ?? []);

const published = (): number =>
  workspace.calls.filter(({ method, ok }) => method === 'views.publish' && ok).length;

test('what has changed is shown, and what has not is not published again', async () => {
  const known = await begin();
  expect(await home.opened(TEAM, 'U0BO')).toBe(true);
  expect(shown()).toContain('checkout down');
  await soon(() => expect(known.asked).toBeGreaterThan(3));
  expect(published()).toBe(1);
  known.title = 'search down';
  await soon(() => expect(shown()).toContain('search down'));
  expect(published()).toBe(2);
  expect(workspace.violations).toEqual([]);
});

test('a Home that Slack did not take is tried again, and one that is turned off is not', async () => {
  await begin();
  workspace.faults.push({ method: /^views\.publish$/, times: 2, mode: '429' });
  expect(await home.opened(TEAM, 'U0BO')).toBe(false);
  await soon(() => expect(shown()).toContain('checkout down'));
  expect(await home.answer(TEAM, 'U0BO', done('Done.'))).toBe(true);
  expect(shown()).toContain('Done.');
});

test('where the app has no Home tab, answers go elsewhere', async () => {
  const known = await begin({ homeTab: false });
  expect(await home.opened(TEAM, 'U0BO')).toBe(false);
  expect(await home.answer(TEAM, 'U0BO', done('Done.'))).toBe(false);
  const { asked } = known;
  await new Promise((resolve) => setTimeout(resolve, 100));
  // Nobody looks, so nothing is asked.
  expect(known.asked).toBe(asked);
});

test('without the database it says so, keeps the answer, and comes back by itself', async () => {
  const known = await begin();
  known.away = true;
  expect(await home.answer(TEAM, 'U0BO', done('Kept in Slack.'))).toBe(true);
  expect(shown()).toContain('database does not answer');
  expect(shown()).toContain('Kept in Slack.');
  known.away = false;
  await soon(() => expect(shown()).toContain('checkout down'));
  expect(shown()).toContain('Kept in Slack.');
});

test('a long answer is left to a message, and the Home is shown as it is now', async () => {
  await begin();
  const long = {
    ...done('x'),
    message: { ...say('x'), blocks: Array(9).fill(say('x').blocks[0]) },
  };
  expect(await home.answer(TEAM, 'U0BO', long)).toBe(false);
  expect(shown()).toContain('checkout down');
});

test('whoever looked ten minutes ago is forgotten, and so is the oldest of too many', () => {
  let now = 0;
  const lookers = createLookers(() => now);
  lookers.saw(TEAM, 'U0ANA');
  now = 9 * 60_000;
  lookers.saw(TEAM, 'U0BO');
  expect(lookers.lately().map(({ user }) => user)).toEqual(['U0ANA', 'U0BO']);
  now = 11 * 60_000;
  expect(lookers.lately().map(({ user }) => user)).toEqual(['U0BO']);
  for (let n = 0; n < 100; n += 1) lookers.saw(TEAM, `U${n}`);
  expect(lookers.lately()).toHaveLength(100);
  expect(lookers.lately().map(({ user }) => user)).not.toContain('U0BO');
});

import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import { GENERAL } from './stage.ts';
import type { Watch } from './watching.ts';
import type { Message } from './workspace/index.ts';

/** The parts of the live incident: who does what, and what is shown of it. */
interface Show {
  readonly stage: Stage;
  readonly screen: Screen;
  readonly watch: Watch;
  /** The channel of the incident once there is one. */
  channel: string;
}

const TICK_MS = 100;
const LONGEST_WAIT_MS = 15_000;
/** On a machine that is busy, the channel takes its time. */
const CHANNEL_WITHIN_MS = 30_000;
/** Long enough to see that something came, short enough for the whole to fit into half a minute. */
const BREATH_MS = 500;

/** Somebody types a command; everything that follows at once is shown. */
async function type(show: Show, who: string, text: string): Promise<void> {
  const { stage, screen, watch } = show;
  const person = stage.workspace.users.get(who);
  screen.line();
  screen.line(
    `${screen.pen(`${person?.realName ?? who} types`, 'green')} ${screen.pen(text, 'bold')}`,
  );
  const { status } = await stage.workspace.type(who, show.channel, text);
  if (status !== 200) throw new Error(`Muster did not answer “${text}” in time.`);
  await pause(BREATH_MS);
  await stage.passing.settled();
  watch.show();
}

/** Waits for something that time alone brings, with the seconds counting. */
async function wait(show: Show, what: string, isThere: () => boolean): Promise<void> {
  const began = performance.now();
  if (isThere()) return;
  while (!isThere() && performance.now() - began < LONGEST_WAIT_MS) {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    show.screen.passing(show.screen.pen(`… ${what}: ${seconds} s`, 'dim'));
    await pause(TICK_MS);
  }
  const took = ((performance.now() - began) / 1000).toFixed(1);
  show.screen.line(show.screen.pen(`… ${what}: ${took} s`, 'dim'));
  await show.stage.passing.settled();
  show.watch.show();
}

const messagesTo = ({ stage }: Show, who: string): Message[] => stage.workspace.directMessages(who);

const said = (show: Show, words: RegExp): boolean =>
  (show.stage.workspace.channel(show.channel)?.messages ?? []).some(({ text }) => words.test(text));

/** An incident from its opening to its draft, in seconds where a real one has minutes. */
export async function playLive(stage: Stage, screen: Screen, watch: Watch): Promise<string> {
  const show: Show = { stage, screen, watch, channel: GENERAL };
  screen.heading('1. An incident, live');
  screen.tell(
    'Ana is in Amsterdam, Bo in New York is on call, Chi in Mumbai stands for the group @sre. The ladder counts seconds instead of minutes: acknowledge within 8 s, a warning at half of it, the second level after 6 s.',
  );
  // Counted from here: on a slow machine what is waited for below may have come before.
  const told = messagesTo(show, 'U0ANA').length;
  const paged = messagesTo(show, 'U0CHI').length;
  await type(show, 'U0ANA', '/incident open sev1 Checkout fails in the EU');
  show.channel = await channelOf(stage.passing.sql, CHANNEL_WITHIN_MS);
  await type(show, 'U0ANA', '/incident log 10m ago release 4711 went live #change');
  await type(show, 'U0ANA', '/incident impact started 9m ago');
  await type(show, 'U0ANA', '/incident impact a third of the customers in the EU cannot pay');
  screen.line();
  screen.tell('Nobody acknowledges. The clock runs:');
  await wait(show, 'waiting for the warning', () => messagesTo(show, 'U0ANA').length > told);
  await wait(show, 'waiting for level two', () => messagesTo(show, 'U0CHI').length > paged);
  await acknowledge(show);
  await type(show, 'U0CHI', '/incident detected 8m ago by alert: error rate above 5%');
  await type(show, 'U0CHI', '/incident log 14.31 requests per second are lost');
  await type(
    show,
    'U0CHI',
    '/incident cause root release 4711 reads a setting that the EU does not have',
  );
  await type(show, 'U0CHI', '/incident update Rolling back release 4711. Errors are falling.');
  await type(show, 'U0CHI', '/incident mitigated by rolling back');
  await type(show, 'U0CHI', '/incident impact ended');
  await type(show, 'U0CHI', '/incident fix temporary release 4710 runs again');
  await type(
    show,
    'U0CHI',
    '/incident action Test releases with the settings of every region @bo due Friday for c1',
  );
  await type(show, 'U0CHI', '/incident resolve release 4711 is rolled back, error rate is normal');
  await wait(show, 'waiting for the draft', () => said(show, /postmortem/i));
  return show.channel;
}

async function acknowledge(show: Show): Promise<void> {
  const { stage, screen, watch } = show;
  const ping = messagesTo(show, 'U0CHI').at(-1);
  if (ping === undefined) throw new Error('Chi was not paged.');
  screen.line();
  screen.line(screen.pen('Chi presses [Acknowledge]', 'green'));
  await stage.workspace.click('U0CHI', ping, 'Acknowledge');
  await pause(BREATH_MS);
  await stage.passing.settled();
  watch.show();
}

/** The channel of the newest incident; it is made after the answer, which does not wait for it. */
export async function channelOf(sql: postgres.Sql, withinMs: number): Promise<string> {
  for (const until = performance.now() + withinMs; ; await pause(TICK_MS)) {
    const [row] = await sql<{ channel: string | null }[]>`
      select channel_id as channel from incident order by number desc limit 1`;
    if (row?.channel) return row.channel;
    if (performance.now() > until)
      throw new Error(`The incident has no channel after ${withinMs / 1000} s.`);
  }
}

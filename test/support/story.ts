import postgres from 'postgres';
import { type RunningApp, startApp } from '../../src/app/index.ts';
import { readSettings } from '../../src/config/file.ts';
import { installClock } from '../../src/demo/clock.ts';
import type { Channel, Delivery, Entered, Message, Reply } from '../../src/demo/workspace/index.ts';
import { renderMessage } from '../../src/demo/workspace/render.ts';
import { createDatabase } from './postgres.ts';
import { AT_REST, NEXT_DUE } from './rest.ts';
import { logTo, type StoryOptions } from './story-options.ts';
import { eventually, idOf, LADDER, SECRET, START, startTown } from './town.ts';
import { turnable } from './turnable-clock.ts';
import { unhurried } from './unlimited.ts';

export { eventually, LADDER, SECRET, START } from './town.ts';

export type Story = Awaited<ReturnType<typeof createStory>>;

/**
 * The whole product on a real database against a simulated workspace, with a clock that the test
 * turns: people type and click, time passes, and what they see is looked at.
 */
export async function createStory(options: StoryOptions = {}) {
  const { redisUrl = null, config = LADDER, replicas = 1, speed = 0, socket = false } = options;
  const { ownerUrl = null } = options;
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => undefined }
    : await createDatabase('story');
  const clock = turnable(await installClock(database.url));
  await clock.set(START, speed);
  const sql = postgres(clock.url, { max: 2, onnotice: () => undefined });
  const workspace = await startTown(clock.reading, options.canvases);
  const settings = readSettings(config);
  if (!settings.ok) throw new Error(JSON.stringify(settings.refusal));
  const apps: RunningApp[] = [];

  async function startReplica(url = clock.url): Promise<RunningApp> {
    if (!settings.ok) throw new Error('no settings');
    const answered = (): number =>
      workspace.calls.filter(({ method, ok }) => method === 'auth.test' && ok).length;
    const known = answered();
    const app = await startApp({
      environment: {
        slack: {
          botToken: workspace.botToken,
          apiUrl: workspace.apiUrl,
          connection: socket
            ? { type: 'socket', appToken: workspace.appToken }
            : { type: 'http', signingSecret: SECRET },
        },
        databaseUrl: url,
        databaseOwnerUrl: ownerUrl,
        redisUrl,
        port: 0,
        host: '127.0.0.1',
        adminPort: 0,
        configFile: 'muster.yaml',
        configFileNamed: false,
        heartbeatUrl: null,
        dataDir: '.muster',
        logLevel: 'silent',
        escalateWithoutDatabase: options.withoutDatabase !== undefined,
      },
      settings: unhurried(settings.value, config),
      ...(options.webhooks === undefined ? {} : { webhooks: options.webhooks }),
      log: logTo(options.lines),
      sweepEveryMs: options.sweepEveryMs ?? 40,
      ...(options.auditEveryMs === undefined ? {} : { auditEveryMs: options.auditEveryMs }),
      partPauseMs: 0,
      ...(options.answerWithinMs === undefined ? {} : { answerWithinMs: options.answerWithinMs }),
      ...(options.withoutDatabase === undefined
        ? {}
        : { withoutDatabase: options.withoutDatabase }),
    });
    apps.push(app);
    // Ready when Slack has said who we are.
    await eventually(() => answered() > known, 'Slack is asked who we are');
    return app;
  }

  /** Lets requests go to this instance from now on. */
  const through = (app: RunningApp): void =>
    workspace.connect(`http://127.0.0.1:${app.port}/slack/events`);

  /** Waits until nothing is due, nothing is to be sent and nobody is working. */
  async function settle(): Promise<void> {
    await eventually(
      async () => Number((await sql.unsafe<{ n: number }[]>(AT_REST))[0]?.n) === 0,
      'Muster comes to rest',
      15_000,
    );
  }

  for (let n = 0; n < replicas; n += 1) await startReplica();
  const [first] = apps;
  if (first && !socket) through(first);
  if (socket) await eventually(() => workspace.socketConnected, 'the socket is connected');

  const findChannel = (number: number): Channel | undefined =>
    [...workspace.channels.values()].find(({ name }) => name.startsWith(`inc-${number}-`));

  const channelOf = (number = 1): Channel => {
    const channel = findChannel(number);
    if (!channel) throw new Error(`INC-${number} has no channel`);
    return channel;
  };

  const seen = (message: Message | Reply): string =>
    renderMessage(message, {
      width: 400,
      color: false,
      zone: 'UTC',
      now: clock.reading(),
      users: workspace.users,
      channels: workspace.channels,
      userGroups: workspace.userGroups,
    });

  /** What somebody sees of an act; the answer may follow the acknowledgement. */
  async function answer(name: string, act: () => Promise<unknown>): Promise<string> {
    const before = workspace.seenBy(idOf(name)).length;
    await act();
    await eventually(
      () => workspace.seenBy(idOf(name)).length > before || workspace.viewOf(idOf(name)),
      `${name} gets an answer`,
      5000,
    );
    await settle();
    return workspace.seenBy(idOf(name)).slice(before).map(seen).join('\n');
  }

  /** Types a command as Slack would send it; gives what the person then saw. */
  const type = (name: string, text: string, where?: string): Promise<string> =>
    answer(name, async () => {
      const channel = where ?? findChannel(1)?.id ?? 'C0GENERAL';
      const typed = await workspace.type(idOf(name), channel, text);
      if (typed.status !== 200)
        throw new Error(`${text}: HTTP ${typed.status} ${typed.error ?? ''}`);
    });

  /** Minutes since the beginning of the story at which a message was posted. */
  const minuteOf = ({ ts }: Pick<Message, 'ts'>): number =>
    Math.floor((Number(ts) * 1000 - START) / 60_000);

  /** The first line of what was said, with the minute. */
  const heard = (message: Message): string =>
    `${minuteOf(message)}: ${message.text.split('\n')[0]}`;

  return {
    workspace,
    clock,
    sql,
    apps,
    databaseUrl: clock.url,
    settle,
    startReplica,
    through,
    channel: channelOf,
    findChannel,
    seen,
    idOf,
    type,
    /** Opens an incident from a channel that is no incident's. */
    opens: (name: string, text: string): Promise<string> =>
      type(name, `/incident open ${text}`, 'C0GENERAL'),
    /** Presses a button on the newest message or reply that has it. */
    click: (name: string, label: string, on?: Message | Reply): Promise<string> =>
      answer(name, async () => {
        const target = on ?? workspace.seenBy(idOf(name)).at(-1);
        if (!target) throw new Error(`${name} has seen nothing`);
        await workspace.click(idOf(name), target, label);
      }),
    /** Sends the open form and gives what is then shown: an answer, or what is wrong by field. */
    async fill(
      name: string,
      values: Readonly<Record<string, Entered>>,
    ): Promise<{ said: string; errors: Record<string, string> }> {
      const before = workspace.seenBy(idOf(name)).length;
      const { response } = await workspace.submit(idOf(name), values);
      const errors = (response?.errors ?? {}) as Record<string, string>;
      if (Object.keys(errors).length === 0) {
        await eventually(
          () => workspace.seenBy(idOf(name)).length > before,
          'the form is answered',
        );
        await settle();
      }
      return { said: workspace.seenBy(idOf(name)).slice(before).map(seen).join('\n'), errors };
    },
    /** Sends a request again, byte for byte. */
    async replay(delivery: Delivery, app: RunningApp | undefined = first): Promise<unknown> {
      if (app) through(app);
      const { body } = await workspace.rawRequest(delivery);
      return body;
    },
    /** Lets time pass, stopping at every timer on the way, as a night does. */
    async fastForward(minutes: number): Promise<void> {
      const end = (await clock.now()) + minutes * 60_000;
      for (;;) {
        const [next] = await sql.unsafe<{ due: number | null }[]>(NEXT_DUE);
        if (!next?.due || next.due > end) break;
        await clock.set(Math.max(next.due, await clock.now()));
        await settle();
      }
      await clock.set(end);
      await settle();
    },
    /** Lets time pass at once, as after an outage. */
    async jump(minutes: number): Promise<void> {
      await clock.forward(minutes * 60_000);
      await settle();
    },
    /** What the incident's channel shows now, top to bottom. */
    messages: (number = 1): string[] => channelOf(number).messages.map(seen),
    /** The card as it is now. */
    card: (number = 1): string => channelOf(number).messages.map(seen)[0] ?? '',
    /** What the channel of announcements shows now. */
    announced: (): string[] => workspace.channel('C0INCIDENTS')?.messages.map(seen) ?? [],
    /** What somebody was told directly. */
    told: (name: string): string[] => workspace.directMessages(idOf(name)).map(seen),
    /** What somebody was told directly, a line each: `5: INC-1 …` is the fifth minute. */
    heard: (name: string): string[] => workspace.directMessages(idOf(name)).map(heard),
    /** What the channel was told after its card, a line each. */
    heardHere: (number = 1): string[] => channelOf(number).messages.slice(1).map(heard),
    /** The entries of the record, in the order of their numbers. */
    entries: (number = 1) =>
      sql<{ no: number; text: string; at: Date | null; struck: object | null; author: string }[]>`
        select e.no, e.text, e.at, e.struck, e.author from entry e
        join incident i on i.id = e.incident_id where i.number = ${number} order by e.no`,
    /** The names of all versions of the draft that were attached. */
    draftFiles: (): string[] =>
      workspace.files.map(({ name }) => name).filter((name) => name.includes('-postmortem-')),
    /** The newest draft as it was attached. */
    draft: (): string =>
      workspace.files.findLast(({ name }) => name.endsWith('.md'))?.content.toString('utf8') ?? '',
    async stop(): Promise<void> {
      await Promise.all(apps.map((app) => app.stop()));
      await workspace.close();
      await sql.end({ timeout: 1 });
      await clock.close();
      await database.drop();
    },
  };
}

import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Screen } from './screen.ts';
import { GENERAL, type Stage } from './stage.ts';
import type { Watch } from './watching.ts';
import { controlsIn, words } from './workspace/controls.ts';
import type { Message, Reply, Submitted, View } from './workspace/index.ts';
import { renderView } from './workspace/render.ts';

/** What the prompt works on. */
export interface PromptParts {
  readonly stage: Stage;
  readonly screen: Screen;
  readonly watch: Watch;
  /** Where you are first: the channel of the incident that was played. */
  readonly channel: string;
}

/** Who is typing, and in which channel. */
interface Seat {
  user: string;
  channel: string;
}

const HELP = `/incident …            types it, for example: /incident open sev1 Login is slow
                       /incident log 14:31 rollback started, /incident timeline, /incident help
as bo                  you are Bo from now on; as bo /incident ack types one line as Bo
in general             you are in #general; in inc-1 goes to the first channel named so
click Acknowledge      presses the last button with that label that you can see
submit title=…; …      fills in and sends the open form; dismiss closes it
exit                   or Ctrl-D ends the demo and removes its database`;

const GLANCE_MS = 300;

const BREATH_MS = 250;

/** Lets whoever watches type; returns at once where there is no terminal to type in. */
export async function prompt(parts: PromptParts): Promise<void> {
  const { stage, screen, watch, channel } = parts;
  if (!(process.stdin.isTTY && process.stdout.isTTY)) {
    screen.tell('Not on a terminal, so there is nothing to type: the demo ends here.');
    return;
  }
  screen.line('Type /incident help, as bo, in general, click <label>, help or exit.');
  const seat: Seat = { user: 'U0ANA', channel };
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<null>((resolve) => reader.once('close', () => resolve(null)));
  reader.once('SIGINT', () => reader.close());
  // Timers go on while somebody thinks: what they bring is shown as it comes.
  const glance = setInterval(() => {
    if (watch.show()) reader.prompt(true);
  }, GLANCE_MS);
  try {
    for (;;) {
      reader.setPrompt(`${whereAmI(stage, seat)}> `);
      const typed = await Promise.race([reader.question(reader.getPrompt()), ended]);
      if (typed === null || /^(?:exit|quit)$/i.test(typed.trim())) return;
      await obey(parts, seat, typed.trim());
      await pause(BREATH_MS);
      await stage.passing.settled();
      watch.show();
    }
  } finally {
    clearInterval(glance);
    reader.close();
  }
}

function whereAmI({ workspace }: Stage, { user, channel }: Seat): string {
  const name = workspace.users.get(user)?.name ?? user;
  return `${name === 'ana' ? 'you (ana)' : name} in #${workspace.channel(channel)?.name ?? channel}`;
}

/** Does what was typed; whatever goes wrong is said in a sentence. */
async function obey(parts: PromptParts, seat: Seat, typed: string): Promise<void> {
  try {
    await does(parts, seat, typed);
  } catch (error) {
    parts.screen.tell(error instanceof Error ? error.message : String(error));
  }
}

async function does(parts: PromptParts, seat: Seat, typed: string): Promise<void> {
  const { stage, screen } = parts;
  const [, verb = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
  if (typed === '') return;
  if (verb.startsWith('/')) return await type(parts, seat, typed);
  if (verb === 'as') return await switchTo(parts, seat, rest);
  if (verb === 'in') return moveTo(stage, seat, rest);
  if (verb === 'click') return await press(stage, seat, rest);
  if (verb === 'submit') return await submit(parts, seat, rest);
  if (verb === 'dismiss') return await stage.workspace.dismiss(seat.user);
  if (verb !== 'help')
    screen.tell(`“${verb}” is nothing the demo knows. Commands begin with /incident.`);
  for (const line of HELP.split('\n')) screen.line(line);
}

async function type({ stage, screen }: PromptParts, seat: Seat, text: string): Promise<void> {
  const before = new Set(stage.workspace.channels.keys());
  await stage.workspace.type(seat.user, seat.channel, text);
  await pause(BREATH_MS);
  await stage.passing.settled();
  const [opened] = [...stage.workspace.channels.values()].filter(
    ({ id, kind, members }) =>
      !before.has(id) && (kind === 'public' || kind === 'private') && members.includes(seat.user),
  );
  // Whoever declares an incident goes to its channel.
  if (opened !== undefined) seat.channel = opened.id;
  const form: View | undefined = stage.workspace.viewOf(seat.user);
  if (form === undefined) return;
  screen.line(renderView(form, { width: screen.width, color: screen.color, now: stage.now() }));
  screen.line('submit <field>=<value>; … sends it, dismiss closes it.');
}

/** Sends the form; what is wrong with it is said by field, as Slack shows it at the field. */
async function submit({ stage, screen }: PromptParts, seat: Seat, rest: string): Promise<void> {
  const form = stage.workspace.viewOf(seat.user);
  const { response } = await stage.workspace.submit(seat.user, fields(rest));
  const lines = form === undefined ? [] : whatIsWrong(form, response);
  if (lines.length === 0) return;
  for (const line of lines) screen.line(screen.pen(line, 'yellow'));
  screen.line('The form is still open: submit it again with all its fields, or dismiss it.');
}

/** The errors of a form that was sent, a line each, with the label of the field. */
export function whatIsWrong(form: View, response: Submitted['response']): readonly string[] {
  const errors = response?.response_action === 'errors' ? response.errors : null;
  if (typeof errors !== 'object' || errors === null) return [];
  const labels = new Map(form.blocks.map(({ block_id: id, label }) => [id, words(label)]));
  return Object.entries(errors).map(([id, error]) => `${labels.get(id) || id}: ${String(error)}`);
}

async function switchTo(parts: PromptParts, seat: Seat, rest: string): Promise<void> {
  const [name = '', ...line] = rest.split(' ');
  const people = [...parts.stage.workspace.users.values()].filter(({ id }) => id !== 'U0MUSTER');
  const person = people.find((each) => each.name === name.replace(/^@/, '').toLowerCase());
  if (person === undefined) {
    throw new Error(
      `There is nobody called “${name}”, only ${people.map((each) => each.name).join(', ')}.`,
    );
  }
  if (line.length === 0) {
    seat.user = person.id;
    return;
  }
  await does(parts, { ...seat, user: person.id }, line.join(' '));
}

function moveTo({ workspace }: Stage, seat: Seat, rest: string): void {
  const name = rest.replace(/^#/, '') || GENERAL;
  const found =
    workspace.channel(name) ??
    [...workspace.channels.values()].find(({ name: each }) => each.startsWith(name));
  if (found === undefined) throw new Error(`There is no channel “${name}”.`);
  seat.channel = found.id;
}

/** Presses the newest button of that label among what this person can see. */
async function press({ workspace }: Stage, { user, channel }: Seat, label: string): Promise<void> {
  const here: readonly (Message | Reply)[] = [
    ...(workspace.channel(channel)?.messages ?? []),
    ...workspace.directMessages(user),
    ...workspace.seenBy(user),
  ];
  const wanted = label.trim().toLowerCase();
  const on = here
    .toSorted((a, b) => Number(b.ts) - Number(a.ts))
    .find(({ blocks }) =>
      controlsIn(blocks).some(({ element }) => words(element.text).toLowerCase() === wanted),
    );
  if (on === undefined) throw new Error(`There is no button “${label}” in sight.`);
  await workspace.click(user, on, label.trim());
}

/** `title=Login is slow; severity=sev2`. */
const fields = (typed: string): Record<string, string> =>
  Object.fromEntries(
    typed
      .split(';')
      .map((pair) => pair.split('='))
      .filter(([name = '']) => name.trim() !== '')
      .map(([name = '', ...value]) => [name.trim(), value.join('=').trim()]),
  );

import { setTimeout as pause } from 'node:timers/promises';
import type { Script, ScriptLine, ScriptPerson } from './script.ts';
import { GENERAL, type Stage } from './stage.ts';
import type { Reply, UserSeed } from './workspace/index.ts';

/** One line of a script and what came of it. */
export interface Played {
  readonly line: ScriptLine;
  /** What was typed in the end, with the numbers of entries filled in. */
  readonly text: string;
  readonly outcome: string;
  readonly replies: readonly Reply[];
}

/** What a script left behind. */
export interface Performance {
  readonly script: Script;
  /** `INC-1`. */
  readonly incident: string;
  readonly channel: string;
  readonly played: readonly Played[];
  /** The newest version of the draft, as Muster uploaded it. */
  readonly draft: string;
}

/** The people of some scripts as the workspace knows them. */
export const castOf = (scripts: readonly Script[]): readonly UserSeed[] => {
  const people = new Map<string, ScriptPerson>();
  for (const person of scripts.flatMap((script) => script.people)) people.set(person.name, person);
  return [...people.values()].map(({ name, zone }) => ({
    id: idOf(name),
    name,
    realName: name.replaceAll('-', ' '),
    tz: zone,
  }));
};

const POLL_MS = 5;
const ANSWER_MS = 15_000;
const SEEN_MS = 5000;

/** Slack’s id of somebody in a script. */
export const idOf = (name: string): string => `U0${name.replaceAll('-', '').toUpperCase()}`;

/**
 * Plays a script against the running app: lets the time pass up to each line, types it, and waits
 * until Muster has said everything that follows from it. Throws at the first line that is answered
 * otherwise than the script expects.
 */
export async function play(
  stage: Stage,
  script: Script,
  onPlayed: (played: Played) => void = () => undefined,
): Promise<Performance> {
  const { passing } = stage;
  const before = await newestIncident(stage);
  const numbers = new Map<string, number>();
  const played: Played[] = [];
  let place = { id: '', number: before, channel: GENERAL };
  for (const line of script.lines) {
    await passing.to(line.at);
    const done = await perform(stage, line, place.channel, numbers, played.at(-1)?.replies.at(-1));
    await passing.settled();
    if (place.number === before) place = await placeOf(stage, place);
    if (line.label !== null) numbers.set(line.label, await lastEntry(stage, place.id, line.who));
    played.push(done);
    onPlayed(done);
    if (done.outcome !== line.expect) throw new Error(complaint(script, done));
  }
  await passing.drafted();
  const incident = `INC-${place.number}`;
  const draft = newestDraft(stage, incident);
  return { script, incident, channel: place.channel, played, draft };
}

async function perform(
  stage: Stage,
  line: ScriptLine,
  channel: string,
  numbers: ReadonlyMap<string, number>,
  last: Reply | undefined,
): Promise<Played> {
  const { workspace, passing } = stage;
  const user = idOf(line.who);
  const seen = workspace.seenBy(user).length;
  const before = await requestsOf(stage, user);
  const text = line.does.type === 'click' ? line.does.button : filledIn(line.does.text, numbers);
  if (line.does.type === 'command') await workspace.type(user, channel, text);
  else if (last === undefined) throw new Error(`There is nothing to press at line ${line.number}.`);
  else await workspace.click(user, last, text);
  const outcome = await outcomeOf(stage, user, before);
  const isSeen = (): boolean => workspace.seenBy(user).length > seen;
  for (let waited = 0; !isSeen() && waited < SEEN_MS; waited += POLL_MS) await pause(POLL_MS);
  await passing.settled();
  return { line, text, replies: workspace.seenBy(user).slice(seen), outcome };
}

function filledIn(text: string, numbers: ReadonlyMap<string, number>): string {
  return text.replace(/#\{([a-z-]+)\}/g, (_, label: string) => {
    const number = numbers.get(label);
    if (number === undefined) throw new Error(`No line before it is called [${label}]: ${text}`);
    return `#${number}`;
  });
}

/** Everything that somebody asked for so far, and how it was answered. */
async function requestsOf({ passing }: Stage, user: string): Promise<ReadonlyMap<string, string>> {
  const rows = await passing.sql<{ key: string; outcome: string }[]>`
    select key, outcome from inbound where actor = ${user}`;
  return new Map(rows.map(({ key, outcome }) => [key, outcome]));
}

/**
 * How what was just asked for was answered. It may be answered after it was acknowledged, and on a
 * busy machine long after: what was seen meanwhile may belong to what came before.
 */
async function outcomeOf(
  stage: Stage,
  user: string,
  before: ReadonlyMap<string, string>,
): Promise<string> {
  for (let waited = 0; waited < ANSWER_MS; waited += POLL_MS) {
    const now = await requestsOf(stage, user);
    const fresh = [...now].find(([key]) => !before.has(key));
    if (fresh !== undefined) return fresh[1];
    await pause(POLL_MS);
  }
  return 'nothing';
}

async function newestIncident({ passing }: Stage): Promise<number> {
  const [row] = await passing.sql<{ number: number | null }[]>`
    select max(number) as number from incident`;
  return row?.number ?? 0;
}

interface Place {
  readonly id: string;
  readonly number: number;
  readonly channel: string;
}

async function placeOf({ passing }: Stage, place: Place): Promise<Place> {
  const [row] = await passing.sql<{ id: string; number: number; channel: string | null }[]>`
    select id, number, channel_id as channel from incident
    where number > ${place.number} order by number desc limit 1`;
  if (row === undefined) return place;
  if (row.channel === null) throw new Error(`INC-${row.number} has no channel.`);
  return { id: row.id, number: row.number, channel: row.channel };
}

async function lastEntry({ passing }: Stage, incident: string, who: string): Promise<number> {
  const [row] = await passing.sql<{ no: number | null }[]>`
    select max(no) as no from entry where incident_id = ${incident} and author = ${idOf(who)}`;
  return row?.no ?? 0;
}

/** What Muster uploaded last for an incident; the version is in the name. */
function newestDraft({ workspace }: Stage, incident: string): string {
  const [newest] = workspace.files
    .flatMap((file) => {
      const [, of, version] = /^(INC-\d+)-postmortem-v(\d+)\.md$/.exec(file.name) ?? [];
      return of === incident ? [{ file, version: Number(version) }] : [];
    })
    .sort((a, b) => b.version - a.version);
  if (newest === undefined) throw new Error(`Muster posted no draft of ${incident}.`);
  return newest.file.content.toString('utf8');
}

function complaint({ name }: Script, { line, text, outcome, replies }: Played): string {
  const said = replies.map((reply) => reply.text).join('\n');
  return `${name}.txt, line ${line.number}, was ${outcome}, not ${line.expect}: ${text}\n${said}`;
}

import type { Layer, Schedule } from '../../../src/domain/schedules/schedule.ts';

/**
 * Who is on call, found by walking: minute by minute along the clock on the wall, as somebody would who
 * had nothing but that clock, a list of names and a pencil. It shares nothing with the rules but their types.
 */
export interface Walk {
  /** Who was on call in the minute that began then; null for nobody. */
  at(instant: number): string | null;
  /** Minutes of UTC before which the clocks of the schedule's zone were put forward or back. */
  readonly changes: readonly number[];
}

const MINUTE = 60_000;
const DAY = 1440;
const BLOCK = 360;
/** Walked before the first answer, so that hours that had begun are known. */
const RUN_UP = 3 * DAY;

/** Walks the schedule from one instant to another. `start` of every layer must lie before the first, by three days. */
export function walk(schedule: Schedule, from: number, until: number): Walk {
  const [first, last] = [from / MINUTE, until / MINUTE];
  const people = [...new Set(schedule.layers.flatMap(({ members }) => members))];
  const answers = new Int8Array(last - first).fill(-1);
  for (const layer of schedule.layers) walkLayer(layer, people, first, answers);
  return {
    at: (instant) => people[answers[Math.floor(instant / MINUTE) - first] ?? -1] ?? null,
    changes: changesOf(clockOf(schedule.zone), first, last),
  };
}

/** Writes down who of the layer is on in every minute for which nobody has been found yet. */
function walkLayer(
  layer: Layer,
  people: readonly string[],
  first: number,
  answers: Int8Array,
): void {
  const names = layer.members.map((member) => people.indexOf(member));
  const begin = Date.parse(layer.start) / MINUTE - RUN_UP;
  const wall = clockOf(layer.zone);
  const pencil = createPencil(layer);
  // What the clock has shown so far: what it shows again is not news.
  let shown = wall(begin) - 1;
  for (let minute = begin; minute < first + answers.length; minute++) {
    for (const now = wall(minute); shown < now; ) pencil.pass(++shown);
    if (minute >= first && answers[minute - first] === -1)
      answers[minute - first] = names[pencil.member()] ?? -1;
  }
}

/** Notes what happens as the clock passes one minute after the other, each once. */
function createPencil({ members, turn, handoff, start, only }: Layer) {
  const beginning = Date.parse(start) / MINUTE + handoff.hour * 60 + handoff.minute;
  const open = only.map(() => -1);
  let handoffs = -1;
  let whose = -1;
  const isHandoff = (weekday: number, clock: number) => {
    if (turn.unit === 'hour') return clock % 60 === handoff.minute;
    const isTime = clock === handoff.hour * 60 + handoff.minute;
    return isTime && (turn.unit === 'day' || weekday === handoff.weekday);
  };
  return {
    pass(minute: number): void {
      const clock = minute % DAY;
      const weekday = ((Math.floor(minute / DAY) + 3) % 7) + 1;
      if (isHandoff(weekday, clock) && minute >= beginning) {
        handoffs += 1;
        whose = Math.floor(handoffs / turn.count) % members.length;
      }
      for (let index = 0; index < only.length; index++) {
        const hours = only[index];
        if (open[index] === minute) open[index] = -1;
        if (hours?.from !== clock || !hours.days.includes(weekday)) continue;
        open[index] = minute + (hours.to > hours.from ? hours.to : hours.to + DAY) - hours.from;
      }
    },
    member: (): number => (only.length === 0 || open.some((end) => end >= 0) ? whose : -1),
  };
}

const clocks = new Map<string, (minute: number) => number>();

/** What the clock on a wall of that zone shows in a minute of UTC: asked of `Intl`, four times a day. */
export function clockOf(zone: string): (minute: number) => number {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const ask = (minute: number): number => {
    const [, day, month, year, hour, clock] =
      /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/.exec(format.format(minute * MINUTE)) ?? [];
    const date = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(clock),
    );
    return date / MINUTE - minute;
  };
  const blocks = new Map<number, number | null>();
  const throughout = (block: number): number | null => {
    const known = blocks.get(block);
    if (known !== undefined) return known;
    const first = ask(block * BLOCK);
    const ahead = first === ask((block + 1) * BLOCK) ? first : null;
    blocks.set(block, ahead);
    return ahead;
  };
  let [current, ahead] = [0, throughout(0)];
  const clock = (minute: number): number => {
    const block = Math.floor(minute / BLOCK);
    if (block !== current) [current, ahead] = [block, throughout(block)];
    return minute + (ahead ?? ask(minute));
  };
  clocks.set(zone, clock);
  return clock;
}

function changesOf(clock: (minute: number) => number, first: number, last: number): number[] {
  const changes: number[] = [];
  for (let block = first; block < last; block += BLOCK) {
    if (clock(block) + BLOCK === clock(block + BLOCK)) continue;
    for (let minute = block + 1; minute <= block + BLOCK; minute++)
      if (clock(minute) !== clock(minute - 1) + 1) changes.push(minute);
  }
  return changes;
}

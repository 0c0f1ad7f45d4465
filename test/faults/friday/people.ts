import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';
import type { Stack } from './stack.ts';
import { PEOPLE, SEVERITY_NAMES } from './town.ts';

/** What people did, and what they were told. */
export interface Told {
  /** Lines that somebody was told are logged. */
  readonly logged: readonly string[];
  readonly opened: number;
  /** Requests without any answer: the replica died over them. */
  readonly unanswered: number;
  /** From typing to the answer, milliseconds. */
  readonly answers: readonly number[];
}

/** A request without an answer is typed again, as people do. */
const TRIES = 8;

const LOGGED = /Logged: “([^”]+)”/;

/** What is typed about an incident, and how often out of a hundred. */
const HABITS: readonly (readonly [share: number, line: (n: number) => string])[] = [
  [50, (n) => `log the pool was restarted, try ${n}.`],
  [25, (n) => `update Still looking, part ${n}`],
  [9, () => 'ack'],
  [8, () => 'lead me'],
  [5, () => 'monitoring'],
  [3, () => 'mitigated'],
];

/** People who open incidents and work on them, through whichever replica is there. */
export function createPeople(stack: Stack, random: Random) {
  const { workspace, replicas, sql } = stack;
  const answers: number[] = [];
  let unanswered = 0;
  let opened = 0;
  let typed = 0;

  /** Types a line until somebody takes it, or only so often. */
  async function type(line: string, most = TRIES): Promise<void> {
    const by = random.pick(PEOPLE);
    for (let tries = 0; tries < most; tries += 1) {
      const there = replicas.filter(({ alive }) => alive);
      if (there.length === 0) {
        await pause(300);
        continue;
      }
      // Which replica it goes to is read when it is sent, in this very turn.
      workspace.connect(random.pick(there).url);
      const { status, ms } = await workspace.type(by, 'C0GENERAL', `/incident ${line}`);
      if (status === 200) {
        answers.push(ms);
        return;
      }
      unanswered += 1;
      await pause(100);
    }
  }

  async function open(severity: string = random.pick(SEVERITY_NAMES)): Promise<void> {
    opened += 1;
    await type(`open ${severity} Trouble number ${opened}`);
  }

  const openNumbers = async (): Promise<number[]> => {
    const rows = await sql<{ number: number }[]>`select number from incident
      where status not in ('resolved', 'cancelled') order by number`;
    return rows.map(({ number }) => number);
  };

  function habit(): string {
    typed += 1;
    let share = random.next() * 100;
    for (const [weight, line] of HABITS) {
      share -= weight;
      if (share < 0) return line(typed);
    }
    return `log try ${typed}.`;
  }

  /** Somebody does something about one of these incidents. */
  async function act(numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    // Once: what nobody answered may have been done all the same, and would be done again.
    await type(`${random.pick(numbers)} ${habit()}`, 1);
  }

  /** What they read, whichever way it came. */
  const logged = (): string[] =>
    PEOPLE.flatMap((id) => workspace.seenBy(id)).flatMap(
      ({ text }) => LOGGED.exec(text)?.[1] ?? [],
    );

  return {
    open,
    act,
    openNumbers,
    /** Acknowledged first: otherwise it is asked whether that is meant. */
    async resolve(number: number): Promise<void> {
      await type(`${number} ack`);
      await type(`${number} resolve`);
    },
    told: (): Told => ({ logged: logged(), opened, unanswered, answers }),
  };
}

export type People = ReturnType<typeof createPeople>;

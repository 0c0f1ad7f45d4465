import type { People } from './people.ts';
import type { Random } from './random.ts';
import type { Stack, StackOptions } from './stack.ts';

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a fault has at hand while it strikes. */
export interface Scene {
  readonly stack: Stack;
  readonly people: People;
  readonly random: Random;
  /** Says that the harm is done: from now on is counted how long it takes to heal. */
  harmed(): void;
  /** Says that PostgreSQL was away: lateness counts from its return. */
  away(stretch: Stretch): void;
  /** A figure worth reading. */
  note(line: string): void;
  /** Something that was not as it has to be. */
  wrong(line: string): void;
}

/** What has to be reached, milliseconds. */
export interface Target {
  /** From due (or from PostgreSQL's return) to the commit of the firing, 99 of 100. */
  readonly p99Ms: number;
  /** From the harm until nothing of it is left: no timer due, nothing unsent. */
  readonly healMs: number;
}

/** One named fault. */
export interface Fault {
  readonly name: string;
  /** What is done, for somebody who reads the table. */
  readonly what: string;
  readonly stack?: StackOptions;
  readonly target: Target;
  /** Rules of Slack that it makes Muster break. */
  readonly tolerated?: readonly string[];
  strike(scene: Scene): Promise<void>;
  /** Looks at what came of it when everything is at rest. */
  look?(scene: Scene): Promise<void>;
}

import type { Clock } from '../../src/demo/clock.ts';

/** A database's clock that this process can also read without asking: Slack's side keeps step with it. */
export interface TurnableClock extends Clock {
  /** Milliseconds as the database shows them now. */
  reading(): number;
}

/** Follows every turn of a clock, so that messages carry the time of the story. */
export function turnable(clock: Clock): TurnableClock {
  let shown = Date.now();
  let real = Date.now();
  let speed = 1;
  const reading = (): number => shown + (Date.now() - real) * speed;
  const turn = (instant: number): void => {
    shown = instant;
    real = Date.now();
  };
  return {
    ...clock,
    reading,
    async set(instant, wanted = 0) {
      await clock.set(instant, wanted);
      turn(instant);
      speed = wanted;
    },
    async forward(ms) {
      await clock.forward(ms);
      turn(reading() + ms);
    },
  };
}

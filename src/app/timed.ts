import { commandNamed } from '../commands/index.ts';
import { addressed } from '../domain/addressed.ts';
import type { Handled, Input } from '../handle.ts';
import type { Metrics } from '../metrics.ts';

/** The verb as we call it: a label must be a word of ours, never what somebody typed. */
function verbOf({ text }: Input): string {
  const [word = ''] = addressed(text.trim()).rest.split(/\s+/, 1);
  return commandNamed(word)?.command.name ?? (word === '' ? 'card' : 'unknown');
}

const outcomeOf = (handled: Handled): string =>
  handled.type === 'reply' ? handled.reply.outcome : handled.type;

/** Handles as before, and tells Prometheus how long it took and what came of it. */
export function timed(
  handle: (input: Input) => Promise<Handled>,
  { commandSeconds }: Metrics,
): (input: Input) => Promise<Handled> {
  return async (input) => {
    const done = commandSeconds.startTimer({ verb: verbOf(input) });
    try {
      const handled = await handle(input);
      done({ outcome: outcomeOf(handled) });
      return handled;
    } catch (error) {
      done({ outcome: 'fault' });
      throw error;
    }
  };
}

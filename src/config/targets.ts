import type { Target } from '../domain/settings.ts';
import { CHANNEL, GROUP, type Reader, USER, WORD } from './values.ts';

/** What may stand after the colon of a target. */
interface Named {
  readonly shape: RegExp;
  /** Ends the sentence `"x" is not …`. */
  readonly want: string;
  readonly make: (after: string) => Target;
}

const name = (kind: string): Omit<Named, 'make'> => ({
  shape: new RegExp(`^${WORD}$`),
  want: `the name of a ${kind}`,
});

// A map, not an object: what is looked up in it was typed, and `constructor` is a word too.
const KINDS = new Map<string, Named>([
  [
    'user',
    {
      shape: new RegExp(`^${USER}$`),
      want: "a person's id, which begins with U or W",
      make: (id) => ({ type: 'user', id }),
    },
  ],
  [
    'usergroup',
    {
      shape: new RegExp(`^${GROUP}$`),
      want: "a user group's id, which begins with S",
      make: (id) => ({ type: 'usergroup', id }),
    },
  ],
  [
    'channel',
    {
      shape: new RegExp(`^${CHANNEL}$`),
      want: "a channel's id, which begins with C or G",
      make: (id) => ({ type: 'channel', id }),
    },
  ],
  ['schedule', { ...name('schedule'), make: (name) => ({ type: 'schedule', name }) }],
  ['policy', { ...name('policy'), make: (name) => ({ type: 'policy', name }) }],
  ['webhook', { ...name('webhook'), make: (name) => ({ type: 'webhook', name }) }],
]);

/** Whom to tell: the channel, whoever declared, or somebody by id or name. */
export const target: Reader<Target> = {
  read: (value) => (typeof value === 'string' ? readTarget(value.trim()) : undefined),
  is: 'a target',
  because: (value) => (typeof value === 'string' ? whyNoTarget(value.trim()) : undefined),
  fix: 'write channel, channel:C…, user:U…, usergroup:S…, schedule:…, policy:…, webhook:… or declarer',
  schema: {
    type: 'string',
    pattern: `^(declarer|channel|channel:${CHANNEL}|user:${USER}|usergroup:${GROUP}|(schedule|policy|webhook):${WORD})$`,
    examples: [
      'channel',
      'declarer',
      'user:U012ABC',
      'usergroup:S012SRE',
      'channel:C0INCIDENTS',
      'schedule:platform',
      'policy:platform',
      'webhook:pager',
    ],
  },
};

function readTarget(written: string): Target | undefined {
  if (written === 'declarer') return { type: 'declarer' };
  if (written === 'channel') return { type: 'channel', id: null };
  const { kind, after } = split(written);
  const known = KINDS.get(kind);
  return known?.shape.test(after) ? known.make(after) : undefined;
}

function whyNoTarget(written: string): string | undefined {
  const { kind, after } = split(written);
  const known = KINDS.get(kind);
  return known === undefined ? undefined : `${JSON.stringify(after)} is not ${known.want}`;
}

function split(written: string): { kind: string; after: string } {
  const colon = written.indexOf(':');
  if (colon < 0) return { kind: written, after: '' };
  return { kind: written.slice(0, colon), after: written.slice(colon + 1).trim() };
}

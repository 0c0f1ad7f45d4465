import {
  examine,
  type Facts,
  type FactsInOne,
  type Finding,
  inWorkspace,
  isItsOwn,
} from '../domain/doctor/index.ts';
import type { Look, LookInOne } from '../engine/auditor.ts';
import type { createCollecting } from './collecting.ts';

type Collecting = ReturnType<typeof createCollecting>;

/** What was found within this time is shown again. The auditor looks more often than that. */
const FRESH_MS = 60_000;
/** Within what `muster doctor` waits for, where many workspaces have not been asked about lately. */
const ASKING_ALL_MS = 9000;

/** What was seen of Muster as a whole, and of each of several workspaces. */
export interface Seen {
  readonly findings: readonly Finding[];
  readonly facts: Facts;
  readonly each: readonly FactsInOne[];
}

/** Everything that is wrong, with what Slack says of each of several workspaces. */
const inAll = (facts: Facts, each: readonly FactsInOne[]): readonly Finding[] => [
  ...examine(facts),
  ...each.flatMap(({ id, facts: own }) =>
    examine(own)
      .filter(({ check }) => check.seldom === true)
      .map((finding) => inWorkspace(id, finding)),
  ),
];

/**
 * What is told in a workspace, and to whom: nobody whom Slack does not know there, for a file that
 * names administrators for all names people of one. Null until Slack has said that.
 */
function toldIn({ id, facts }: FactsInOne): LookInOne | null {
  const { workspace, settings } = facts;
  if (workspace === null) return null;
  const absent = workspace.people.map((person) => person.id);
  const administrators = settings.administrators.filter((one) => !absent.includes(one));
  return { workspace: id, administrators, findings: examine(facts).filter(isItsOwn) };
}

/** Looks at Muster, or as one workspace sees it, and remembers for a while what was found. */
export function createLooking({ collect, collectEach, scopeOf }: Collecting) {
  const found = new Map<string | null, { readonly at: number; readonly facts: Facts }>();
  const keep = (scope: string | null, facts: Facts): Facts => {
    found.set(scope, { at: Date.now(), facts });
    return facts;
  };

  async function all(asKnown: boolean, withinMs?: number): Promise<Seen> {
    const facts = keep(null, await collect(asKnown));
    const each = await collectEach(facts, withinMs);
    for (const one of each) keep(one.id, one.facts);
    return { facts, each, findings: inAll(facts, each) };
  }
  const look = async (workspace: string, asKnown = false): Promise<Facts> =>
    keep(scopeOf(workspace), await collect(asKnown, workspace));

  return {
    look,
    /** What was found a moment ago, by the auditor or by whoever asked. */
    async glance(workspace: string): Promise<Facts> {
      const last = found.get(scopeOf(workspace));
      const isFresh = last !== undefined && Date.now() - last.at < FRESH_MS;
      return isFresh ? last.facts : look(workspace, true);
    },
    /** The auditor's: of several workspaces Slack is asked about one. */
    async audit(): Promise<Look> {
      const { findings, each } = await all(true);
      return { findings, each: each.flatMap((one) => toldIn(one) ?? []) };
    },
    /** The operator's, who waits for it. */
    everything: (): Promise<Seen> => all(false, ASKING_ALL_MS),
  };
}

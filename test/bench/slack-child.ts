import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import { answer } from './child.ts';
import {
  channelOf,
  IN_FLIGHT,
  type Office,
  personOf,
  SECRET,
  TIMERS,
  WORKSPACE,
} from './office.ts';

/** Slack answers within about a tenth of a second; at once, it would compete for the processor. */
const LATENCY_MS = 100;

let workspace: Workspace | undefined;

answer(
  {
    async start(): Promise<Office> {
      workspace = await startWorkspace({
        signingSecret: SECRET,
        latencyMs: LATENCY_MS,
        team: { id: WORKSPACE },
        users: Array.from({ length: IN_FLIGHT }, (_, n) => ({
          id: personOf(n),
          name: `person-${n}`,
          tz: 'Europe/Madrid',
        })),
        channels: Array.from({ length: TIMERS }, (_, n) => ({
          id: channelOf(n),
          name: `inc-${n}`,
          bot: true,
        })),
      });
      return { apiUrl: workspace.apiUrl, botToken: workspace.botToken };
    },
    /** What Muster was not allowed to do. */
    violations: () => workspace?.violations.slice(0, 3) ?? [],
  },
  async () => workspace?.close(),
);

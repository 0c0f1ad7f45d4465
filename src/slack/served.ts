import type { WebClient } from '@slack/web-api';
import type { WorkspaceFacts } from '../domain/doctor/index.ts';
import type { Ports } from '../ports.ts';
import { lookRound } from './background.ts';
import { createChannels } from './channels/index.ts';
import type { Clients } from './clients.ts';
import { examineWorkspace, type Wanted } from './examination.ts';
import { createGroups } from './groups.ts';
import { createHome } from './home/index.ts';
import type { Identity } from './identity.ts';
import type { Desk } from './listeners/desk.ts';
import type { Log } from './log.ts';
import { createMessages } from './messages/index.ts';
import { createPeople } from './people.ts';
import { createRegulars } from './regulars.ts';

/** What the desks of all workspaces have in common. */
export interface DeskParts extends Pick<Desk, 'handle' | 'keep' | 'deadlineMs' | 'formAfterMs'> {
  readonly apiUrl?: string | null | undefined;
  readonly ports: Ports;
  readonly log: Log;
}

/** One workspace, with everything that Muster does there. */
export interface Served {
  /** For deliveries, and for answers that have no other way. */
  readonly client: WebClient;
  readonly desk: Desk;
  /** Who we are there, as soon as that is known; null when stopped before. */
  identity(): Promise<Identity | null>;
  /** Asks Slack about our token and about whom the configuration names; null when it does not answer. */
  examine(wanted: Wanted): Promise<WorkspaceFacts | null>;
  /** Begins to look in the background at what forms and drafts need, once it is known who we are. */
  begin(): Promise<void>;
  stop(): void;
}

/** Builds what one workspace needs; nothing happens before it is asked for something. */
export function createServed(
  { client, fast, curious }: Clients,
  who: () => Promise<Identity | null>,
  { ports, log, apiUrl = null, ...parts }: DeskParts,
): Served {
  const groups = createGroups(client, ports.store, log);
  const regulars = createRegulars(client, ports.store, ports.settings, log);
  const people = createPeople(client, ports.store, log);
  const messages = createMessages(
    { client, ports, store: ports.store, people, log },
    { client: curious },
  );
  const channels = createChannels({ client, ports, log });
  const home = createHome({ client: curious, ports, log });
  let stopped = false;
  return {
    client,
    desk: { ...parts, apiUrl, ports, client, fast, people, groups, messages, channels, home, log },
    identity: who,
    examine: (wanted) => examineWorkspace(curious, wanted),
    async begin() {
      const known = await who();
      if (known !== null && !stopped) await lookRound(known, [groups, regulars, messages]);
    },
    stop() {
      stopped = true;
      for (const one of [groups, regulars, messages, channels, home]) one.stop();
    },
  };
}

import type { AppsManifestCreateArguments } from '@slack/web-api';
import { REDIRECT_PATH } from './installed/install.ts';
import { SHORTCUTS } from './listeners/shortcut.ts';
import { REQUEST_PATH } from './receiver.ts';
import { BOT_EVENTS, BOT_SCOPES, type Event, ORG_EVENTS, type Scope } from './scopes.ts';

/** What Slack is told when the app is made. */
export type Manifest = AppsManifestCreateArguments['manifest'];

/** How Slack is to reach us: at an address, or through a connection that Muster opens. */
export type ReachedBy =
  | { readonly type: 'http'; readonly origin: string }
  | { readonly type: 'socket' };

/** What it takes to be installed by several workspaces, each by browser. */
export interface Several {
  /** Where browsers reach Muster, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether an organisation on Enterprise Grid may install it for all its workspaces. */
  readonly org: boolean;
  /** Whether tokens end and are renewed; Slack lets nobody switch that off again. */
  readonly rotating: boolean;
}

/** What the shortcuts are called, and where they are found. */
const SHORTCUT_TEXTS = {
  declare: {
    name: 'Declare an incident',
    type: 'global',
    description: 'Opens the form that declares an incident',
  },
  entry: {
    name: 'Add to timeline',
    type: 'message',
    description: "Adds this message to the incident's timeline",
  },
  declareFrom: {
    name: 'Declare an incident',
    type: 'message',
    description: 'Opens the form that declares an incident, with this message as its first entry',
  },
} as const satisfies Record<keyof typeof SHORTCUTS, object>;

/**
 * The app's manifest, from the lists that the code works with: what is in it is used, and what is
 * used is in it.
 */
export function appManifest(reached: ReachedBy, several: Several | null = null): Manifest {
  const address = reached.type === 'http' ? `${reached.origin}${REQUEST_PATH}` : null;
  const url = address === null ? {} : { url: address };
  const requestUrl = address === null ? {} : { request_url: address };
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Muster',
      description: 'Opens, runs and closes incidents, and drafts the postmortem.',
      background_color: '#7a1f1f',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'muster', always_online: true },
      shortcuts: Object.entries(SHORTCUT_TEXTS).map(([key, { name, type, description }]) => ({
        name,
        type,
        callback_id: SHORTCUTS[key as keyof typeof SHORTCUTS],
        description,
      })),
      slash_commands: [
        {
          command: '/incident',
          ...url,
          description: 'Declare and run incidents',
          usage_hint: 'open sev1 what is broken | log 14:31 what happened | ack | help',
          // Without it a mention is text, and nobody knows who was meant.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(several && { redirect_urls: [`${several.publicUrl}${REDIRECT_PATH}`] }),
      scopes: { bot: [...BOT_SCOPES] as Exclude<Scope, 'canvases:write'>[] },
    },
    settings: {
      event_subscriptions: {
        ...requestUrl,
        bot_events: [...BOT_EVENTS, ...(several?.org === true ? ORG_EVENTS : [])] as Event[],
      },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: several?.org ?? false,
      socket_mode_enabled: reached.type === 'socket',
      token_rotation_enabled: several?.rotating ?? false,
    },
  };
}

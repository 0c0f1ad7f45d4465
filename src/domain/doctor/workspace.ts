import { type Line, type Span, user } from '../text.ts';
import { type Check, overall, type Symptom } from './check.ts';
import type { ChannelProblem, InstallationFacts, PersonProblem, WorkspaceFacts } from './facts.ts';
import { roughly } from './words.ts';

const PEOPLE: Readonly<Record<PersonProblem, string>> = {
  unknown: 'is not in this workspace',
  left: 'is deactivated',
  bot: 'is a bot',
};

const CHANNELS: Readonly<Record<ChannelProblem, string>> = {
  unknown: 'does not exist, or is private and Muster is not in it',
  archived: 'is archived',
  'not in it': 'is one that Muster may not write in',
};

const listed = <T extends { readonly id: string }>(
  found: readonly T[] | undefined,
  line: (one: T) => readonly Span[],
): readonly Symptom[] =>
  (found ?? []).map((one) => ({
    subject: one.id,
    incident: null,
    says: [...line(one), ' (', { type: 'code', text: one.id }, ').'] satisfies Line,
  }));

const INSTALLATIONS: Readonly<Record<InstallationFacts['problem'], string>> = {
  removed: 'has removed Muster; its tokens are wiped',
  sealed: 'has tokens that no key in ENCRYPTION_KEY opens',
  'not refreshed': 'has a token that Slack does not refresh',
};

const asked = <T>(
  workspace: WorkspaceFacts | null,
  find: (facts: WorkspaceFacts) => T,
): T | undefined => (workspace === null ? undefined : find(workspace));

/** What Slack allows us, and whom and what the configuration names. */
export const workspace: readonly Check[] = [
  {
    name: 'token-refused',
    title: 'Slack refuses Muster’s token',
    weight: 'broken',
    seldom: true,
    means: 'Nothing can be said or pinged; deliveries wait.',
    repair:
      'Install the app again in Slack and put the new token into SLACK_BOT_TOKEN, then restart; where workspaces install Muster themselves, open /slack/install.',
    repairs: [],
    find: (facts) => {
      const refused = asked(facts.workspace, (found) => found.refused);
      return refused ? overall('Slack says ', { type: 'code', text: refused }, '.') : [];
    },
  },
  {
    name: 'socket-mode',
    title: 'No Socket Mode connection',
    weight: 'broken',
    watched: true,
    means: 'Nothing that is typed or clicked in Slack arrives; timers and pings go on.',
    repair:
      'Where Slack refuses, turn Socket Mode on for the app, make an app-level token with connections:write, put it into SLACK_APP_TOKEN, and restart. Otherwise let this machine reach slack.com and its WebSockets, wss-primary.slack.com, on port 443. Muster tries again by itself.',
    repairs: [],
    find: ({ deaf }) =>
      deaf === null ? [] : overall(`Missing for ${roughly(deaf.forMs)}: ${deaf.why}.`),
  },
  {
    name: 'installations',
    title: 'Workspaces that Muster cannot act in',
    weight: 'broken',
    means: 'Nothing can be said or pinged there; deliveries wait.',
    repair:
      'Open /slack/install for that workspace; for tokens that no key opens, put the old key back behind the new one in ENCRYPTION_KEY, and restart.',
    repairs: [],
    find: ({ installations = [] }) =>
      installations.map(({ id, name, problem, why }) => ({
        subject: id,
        incident: null,
        says: [
          `${name} (`,
          { type: 'code', text: id },
          `) ${INSTALLATIONS[problem]}`,
          ...(why === null ? [] : [': ', { type: 'code', text: why } as const]),
          '.',
        ] satisfies Line,
      })),
  },
  {
    name: 'missing-scopes',
    title: 'Missing scopes',
    weight: 'broken',
    seldom: true,
    means: 'Slack refuses whatever needs them.',
    repair: 'Paste what npm start -- manifest writes under App Manifest, and reinstall the app.',
    repairs: [{ how: 'try', label: 'Try again now' }],
    find: (facts) => {
      const missing = asked(facts.workspace, ({ missingScopes }) => missingScopes) ?? [];
      if (missing.length === 0) return [];
      const unheard = facts.workspace?.unheardEvents ?? [];
      const deaf =
        unheard.length === 0 ? '' : ` Slack does not tell Muster of ${unheard.join(', ')}.`;
      return overall(`The token lacks ${missing.join(', ')}.${deaf}`);
    },
  },
  {
    name: 'unknown-people',
    title: 'People who are not there',
    weight: 'degraded',
    seldom: true,
    means: 'Pings to them reach nobody.',
    repair: 'Replace them in muster.yaml, and restart Muster.',
    repairs: [],
    find: (facts) =>
      listed(
        asked(facts.workspace, ({ people }) => people),
        ({ id, problem }) => [user(id), ` ${PEOPLE[problem]}`],
      ),
  },
  {
    name: 'unknown-groups',
    title: 'Groups that cannot be pinged',
    weight: 'degraded',
    seldom: true,
    means: 'Pings to them reach nobody.',
    repair: 'Correct the group in muster.yaml and restart, or add members to it in Slack.',
    repairs: [],
    find: (facts) =>
      listed(
        asked(facts.workspace, ({ groups }) => groups),
        ({ id, problem }) =>
          problem === 'empty'
            ? [{ type: 'group', id }, ' has no members']
            : ['Slack does not know this group'],
      ),
  },
  {
    name: 'unknown-channels',
    title: 'Channels that cannot be written in',
    weight: 'degraded',
    seldom: true,
    means: 'Announcements or pings that belong there are lost.',
    repair: 'Type /invite @muster in it, unarchive it, or correct it in muster.yaml and restart.',
    repairs: [],
    find: (facts) =>
      listed(
        asked(facts.workspace, ({ channels }) => channels),
        ({ id, problem }) =>
          problem === 'unknown'
            ? [`The channel ${CHANNELS[problem]}`]
            : [{ type: 'channel', id }, ` ${CHANNELS[problem]}`],
      ),
  },
  {
    name: 'no-canvas',
    title: 'No channel canvas',
    weight: 'hint',
    means: 'The newest draft is in its message and its file, and in no canvas of its channel.',
    repair:
      'With missing_scope, add canvases:write and reinstall the app. With channel_canvas_already_exists, the canvas there is somebody’s. Otherwise the plan has none, and nothing is to be done.',
    repairs: [],
    find: ({ record }) => {
      const reason = record?.noCanvas ?? null;
      if (reason === null) return [];
      return reason.startsWith('team_tier')
        ? overall('The plan of this Slack workspace has no channel canvases.')
        : overall('Slack says ', { type: 'code', text: reason }, '.');
    },
  },
  {
    name: 'no-administrators',
    title: 'No administrators',
    weight: 'hint',
    means: 'Nobody is told when a policy is exhausted or when Muster itself is unwell.',
    repair: 'Name some in muster.yaml under administrators, and restart Muster.',
    repairs: [],
    find: ({ settings }) =>
      settings.administrators.length === 0 ? overall('The configuration names none.') : [],
  },
  {
    name: 'no-pager',
    title: 'No pager outside of Slack',
    weight: 'hint',
    means: 'Slack stays silent while somebody’s do-not-disturb is on, and no app can change that.',
    repair:
      'Add a webhook to the policy of the most severe incidents in muster.yaml, and restart Muster.',
    repairs: [],
    find: ({ settings }) => {
      const [severity] = settings.severities;
      const levels = settings.policies[severity?.policy ?? '']?.levels ?? [];
      const has = levels.some(({ notify }) => notify.some(({ type }) => type === 'webhook'));
      return has || severity === undefined
        ? []
        : overall(`The policy of ${severity.name} calls nothing but Slack.`);
    },
  },
];

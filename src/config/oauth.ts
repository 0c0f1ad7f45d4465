import type { EncryptionKey } from '../installation.ts';
import { readEncryptionKeys } from './encryption-keys.ts';
import type { Problem } from './problem.ts';
import type { createReader } from './variables.ts';

/** What it takes to be installed by workspaces themselves. */
export interface OAuthAccess {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** Where browsers reach Muster, without a slash at the end. */
  readonly publicUrl: string;
  /** The newest first. */
  readonly keys: readonly EncryptionKey[];
}

type Reader = ReturnType<typeof createReader>;

/** Where each is found. Every one is needed as soon as one of them is set. */
const NEEDED = {
  SLACK_CLIENT_ID: 'copy it from your Slack app: Basic Information, App Credentials, Client ID',
  SLACK_CLIENT_SECRET:
    'copy it from your Slack app: Basic Information, App Credentials, Client Secret',
  SLACK_STATE_SECRET: 'make one with: openssl rand -hex 32',
  ENCRYPTION_KEY: 'make one with: openssl rand -hex 32',
  PUBLIC_URL:
    'write the address at which browsers reach Muster, such as https://muster.example.com',
} as const;

type Name = keyof typeof NEEDED;
const NAMES = Object.keys(NEEDED) as Name[];

const SHORTEST_SECRET = 32;
const PLACEHOLDER = /^(.)\1*$|change.?me|example|placeholder|^x+$/i;

/**
 * What is said of several workspaces; null where nothing is, and one workspace is served by its own
 * token. A part of it alone is a problem, as are both ways at once.
 */
export function readOAuth(read: Reader, problems: Problem[]): OAuthAccess | null {
  const written = (name: Name): string => read.text(name) ?? '';
  if (!NAMES.some((name) => written(name) !== '')) return null;
  if (read.text('SLACK_BOT_TOKEN') !== null) {
    read.problem(
      'SLACK_BOT_TOKEN',
      `is one workspace’s token, and ${NAMES.filter(written).join(', ')} is for several`,
      'remove it to have workspaces install Muster themselves, or remove the others',
    );
    return null;
  }
  for (const name of NAMES)
    if (written(name) === '') read.problem(name, whyMissing(name), NEEDED[name]);
  checkClient(written('SLACK_CLIENT_ID'), written('SLACK_CLIENT_SECRET'), read);
  checkState(written('SLACK_STATE_SECRET'), written('SLACK_CLIENT_SECRET'), read);
  return {
    clientId: written('SLACK_CLIENT_ID'),
    clientSecret: written('SLACK_CLIENT_SECRET'),
    stateSecret: written('SLACK_STATE_SECRET'),
    publicUrl: publicUrl(read),
    keys: readEncryptionKeys(written('ENCRYPTION_KEY'), problems),
  };
}

const whyMissing = (name: Name): string =>
  `is not set, and several workspaces need ${NAMES.filter((other) => other !== name).join(', ')} and it`;

function checkClient(id: string, secret: string, read: Reader): void {
  if (id !== '' && !/^\d+\.\d+$/.test(id))
    read.problem(
      'SLACK_CLIENT_ID',
      'is not one of Slack’s (digits, a dot, digits)',
      NEEDED.SLACK_CLIENT_ID,
    );
  if (secret !== '' && (secret.length < 16 || PLACEHOLDER.test(secret)))
    read.problem(
      'SLACK_CLIENT_SECRET',
      'is a placeholder or too short',
      NEEDED.SLACK_CLIENT_SECRET,
    );
}

/** Whoever guesses it can have somebody install Muster who did not mean to. */
function checkState(state: string, clientSecret: string, read: Reader): void {
  const path = 'SLACK_STATE_SECRET';
  if (state === '') return;
  if (state.length < SHORTEST_SECRET || PLACEHOLDER.test(state))
    read.problem(path, 'is a placeholder or too short to be safe', NEEDED[path]);
  else if (state === clientSecret)
    read.problem(path, 'is the same as SLACK_CLIENT_SECRET', NEEDED[path]);
}

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** Slack sends browsers to an address with TLS only; this machine is let off for trying it out. */
function publicUrl(read: Reader): string {
  const path = 'PUBLIC_URL';
  const written = read.url(path, ['https:', 'http:'], NEEDED[path]) ?? '';
  if (!URL.canParse(written)) return written;
  const { protocol, hostname, search, hash } = new URL(written);
  if (protocol === 'http:' && !LOCAL.includes(hostname))
    read.problem(
      path,
      'does not begin with https://',
      'Slack sends nobody to an address without TLS',
    );
  if (search + hash !== '') read.problem(path, 'has a ? or a # in it', NEEDED[path]);
  return written.replace(/\/+$/, '');
}

/** Everything of it that must never be printed. */
export const secretsOfOAuth = ({
  clientSecret,
  stateSecret,
  keys,
}: OAuthAccess): readonly string[] => [
  clientSecret,
  stateSecret,
  ...keys.flatMap(({ key }) => [
    Buffer.from(key).toString('hex'),
    Buffer.from(key).toString('base64'),
    Buffer.from(key).toString('base64url'),
  ]),
];

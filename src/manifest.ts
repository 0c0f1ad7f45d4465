import { stringify } from 'yaml';
import type { Variables } from './config/variables.ts';
import { INSTALL_PATH } from './slack/installed/install.ts';
import { appManifest, type ReachedBy, type Several } from './slack/manifest.ts';

/** Stands where a host has to be put in. */
const NO_HOST = 'https://HOST';

const USAGE =
  'Type manifest --host https://muster.example.com, where Slack can reach Muster, or manifest --socket for Socket Mode. For several workspaces add --several, and with --socket the --host where browsers reach Muster; then --org lets an organisation install it for all its workspaces, and --rotate makes tokens end. --json writes JSON instead of YAML.';

const HEAD = `# Muster's Slack app: https://api.slack.com/apps, "Create New App", "From a manifest".
# Written by: npm start --silent -- manifest`;

const AFTER: Readonly<Record<ReachedBy['type'], string>> = {
  http: '# Slack must reach the host over https. Muster has to be running when Slack verifies the request URL.',
  socket:
    '# Socket Mode: make an app-level token with the scope connections:write, and give it to Muster as\n# SLACK_APP_TOKEN.',
};

const ASK = `# Put the host that Slack can reach in place of HOST, three times, or let it be written in with
# --host https://muster.example.com; with --socket no host is needed.`;

const ROTATING = '# Tokens end and are renewed: Slack lets nobody switch that off again.';

const FLAGS = ['--socket', '--json', '--host', '--several', '--org', '--rotate'];

interface Asked {
  readonly reached: ReachedBy;
  readonly several: Several | null;
  readonly json: boolean;
  readonly named: boolean;
}

const addressOf = (written: string): URL | null => {
  const whole = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '';
  return url?.protocol === 'https:' && isPlain ? url : null;
};

/** The address that Slack is to call: https, a host, and nothing behind it. */
function originOf(host: string): string | null {
  const url = addressOf(host);
  return url?.pathname === '/' ? url.origin : null;
}

/** Who is to install it, given the host that was typed, and the address in the environment. */
function severalIn(
  has: (flag: string) => boolean,
  origin: string | null,
  written: string,
): Several | null | string {
  if (!has('--several') && written === '') {
    const odd = ['--org', '--rotate'].find(has);
    return odd === undefined ? null : `${odd} is for several workspaces: add --several.`;
  }
  // Slack takes no redirect but the one that Muster asks for, and that is made of PUBLIC_URL.
  const publicUrl = written === '' ? origin : addressOf(written)?.href.replace(/\/+$/, '');
  if (publicUrl === undefined)
    return `PUBLIC_URL is “${written}”, and Slack sends browsers to https:// alone: correct it in .env.`;
  if (publicUrl === null)
    return 'Browsers install Muster, also with Socket Mode: add --host https://muster.example.com, or set PUBLIC_URL.';
  return { publicUrl, org: has('--org'), rotating: has('--rotate') };
}

function read(words: readonly string[], env: Variables): Asked | string {
  const at = words.indexOf('--host');
  const host = at === -1 ? null : (words[at + 1] ?? '');
  const others = words.filter((_, n) => at === -1 || n !== at + 1);
  const unknown = others.find((word) => !FLAGS.includes(word));
  if (unknown !== undefined) return `${unknown} makes no sense here. ${USAGE}`;
  const has = (flag: string): boolean => others.includes(flag);
  const origin = host === null ? null : originOf(host);
  if (host !== null && origin === null)
    return `“${host}” is no address that Slack could call: write https://, a host and nothing behind it.`;
  const isSocket = has('--socket');
  const several = severalIn(
    has,
    origin ?? (isSocket ? null : NO_HOST),
    env.PUBLIC_URL?.trim() ?? '',
  );
  if (typeof several === 'string') return several;
  if (isSocket && origin !== null && several === null)
    return 'With --socket Muster opens the connection itself: leave --host out, or add --several, where browsers need it.';
  const named = isSocket || origin !== null;
  const json = has('--json');
  return isSocket
    ? { reached: { type: 'socket' }, several, json, named }
    : { reached: { type: 'http', origin: origin ?? NO_HOST }, several, json, named };
}

/** What is left to do for several workspaces, which no manifest can say. */
const afterSeveral = ({ publicUrl, rotating }: Several): string => `#
# Several workspaces: for those that the app was not made in, activate public distribution under
# "Manage Distribution". Each is then installed at ${publicUrl}${INSTALL_PATH}
# Set PUBLIC_URL=${publicUrl}${rotating ? `\n${ROTATING}` : ''}`;

/** `muster manifest`: the manifest of the Slack app, to be pasted where the app is made. */
export function writeManifest(
  words: readonly string[],
  env: Variables = {},
): { ok: boolean; lines: readonly string[] } {
  const asked = read(words, env);
  if (typeof asked === 'string') return { ok: false, lines: [asked] };
  const { reached, several, json, named } = asked;
  const manifest = appManifest(reached, several);
  if (json) return { ok: true, lines: [JSON.stringify(manifest, null, 2)] };
  const ask =
    several?.publicUrl === NO_HOST ? ASK.replace('three times', 'wherever it stands') : ASK;
  const after = named ? AFTER[reached.type] : ask;
  const text = stringify(manifest, { lineWidth: 0 }).trimEnd();
  return { ok: true, lines: [HEAD, '#', after, ...(several ? [afterSeveral(several)] : []), text] };
}

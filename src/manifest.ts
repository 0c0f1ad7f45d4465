import { stringify } from 'yaml';
import { appManifest, type ReachedBy } from './slack/manifest.ts';

/** Stands where a host has to be put in. */
const NO_HOST = 'https://HOST';

const USAGE =
  'Type manifest --host https://muster.example.com, where Slack can reach Muster, or manifest --socket for Socket Mode; --json writes JSON instead of YAML.';

const HEAD = `# Muster's Slack app: https://api.slack.com/apps, "Create New App", "From a manifest".
# Written by: npm start --silent -- manifest`;

const AFTER: Readonly<Record<ReachedBy['type'], string>> = {
  http: '# Slack must reach the host over https. Muster has to be running when Slack verifies the request URL.',
  socket:
    '# Socket Mode: make an app-level token with the scope connections:write, and give it to Muster as\n# SLACK_APP_TOKEN.',
};

const ASK = `# Put the host that Slack can reach in place of HOST, three times, or let it be written in with
# --host https://muster.example.com; with --socket no host is needed.`;

interface Asked {
  readonly reached: ReachedBy;
  readonly json: boolean;
  readonly named: boolean;
}

/** The address that Slack is to call: https, a host, and nothing behind it. */
function originOf(host: string): string | null {
  const whole = /^[a-z]+:\/\//i.test(host) ? host : `https://${host}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  const isOrigin = url?.pathname === '/' && url.search === '' && url.hash === '';
  return url?.protocol === 'https:' && url.username === '' && isOrigin ? url.origin : null;
}

function read(words: readonly string[]): Asked | string {
  const known = ['--socket', '--json', '--host'];
  const at = words.indexOf('--host');
  const host = at === -1 ? null : (words[at + 1] ?? '');
  const others = words.filter((_, n) => at === -1 || n !== at + 1);
  const unknown = others.find((word) => !known.includes(word));
  if (unknown !== undefined) return `${unknown} makes no sense here. ${USAGE}`;
  const json = words.includes('--json');
  if (words.includes('--socket'))
    return host === null
      ? { reached: { type: 'socket' }, json, named: true }
      : 'With --socket Muster opens the connection itself: leave --host out.';
  if (host === null) return { reached: { type: 'http', origin: NO_HOST }, json, named: false };
  const origin = originOf(host);
  return origin === null
    ? `“${host}” is no address that Slack could call: write https://, a host and nothing behind it.`
    : { reached: { type: 'http', origin }, json, named: true };
}

/** `muster manifest`: the manifest of the Slack app, to be pasted where the app is made. */
export function writeManifest(words: readonly string[]): {
  ok: boolean;
  lines: readonly string[];
} {
  const asked = read(words);
  if (typeof asked === 'string') return { ok: false, lines: [asked] };
  const manifest = appManifest(asked.reached);
  if (asked.json) return { ok: true, lines: [JSON.stringify(manifest, null, 2)] };
  const after = asked.named ? AFTER[asked.reached.type] : ASK;
  const text = stringify(manifest, { lineWidth: 0 }).trimEnd();
  return { ok: true, lines: [HEAD, '#', after, text] };
}

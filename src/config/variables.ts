import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';

/** The environment of a process, or a part of it. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads single variables; collects what is wrong and answers something harmless in its place. */
export function createReader(env: Variables, problems: Problem[], warnings: Problem[]) {
  const problem = (path: string, reason: string, fix: string) =>
    void problems.push({ path, reason, fix });
  const doubt = (path: string, reason: string, fix: string) =>
    void warnings.push({ path, reason, fix });
  /** Empty counts as unset: that is what a blank line in a .env file or a compose file gives. */
  const text = (name: string): string | null => env[name]?.trim() || null;
  return {
    text,
    problem,
    doubt,
    token: (name: string, prefix: string, words: TokenWords) => {
      const written = text(name);
      if (written === null) problem(name, 'is not set', words.missing);
      else complainAboutToken(name, written, prefix, words, problem);
      return written ?? '';
    },
    url: (name: string, protocols: readonly string[], fix: string) => {
      const written = text(name);
      const reason = written === null ? null : whyNoUrl(written, protocols);
      if (reason !== null) problem(name, reason, fix);
      return written;
    },
    port: (name: string, usual: number) => {
      const written = text(name) ?? String(usual);
      const port = /^\d{1,5}$/.test(written) ? Number(written) : Number.NaN;
      if (port <= 65_535) return port;
      problem(name, `${JSON.stringify(written)} is not a port`, `write a number, usually ${usual}`);
      return usual;
    },
    host: (name: string, usual: string) => {
      const written = text(name) ?? usual;
      if (!/^[A-Za-z0-9.:_-]+$/.test(written))
        problem(
          name,
          `${JSON.stringify(written)} is not an address`,
          `write ${usual} or 127.0.0.1`,
        );
      return written;
    },
    oneOf: <T extends string>(name: string, known: readonly T[], usual: T): T => {
      const written = text(name)?.toLowerCase() ?? usual;
      const found = known.find((word) => word === written);
      if (found !== undefined) return found;
      const near = nearest(written, known);
      const fix = near === null ? `write one of ${known.join(', ')}` : `did you mean ${near}?`;
      problem(name, `${JSON.stringify(written)} is not one of its values`, fix);
      return usual;
    },
  };
}

interface TokenWords {
  /** Where to find it. */
  readonly missing: string;
  /** By prefix: what somebody has pasted instead. */
  readonly others: Readonly<Record<string, string>>;
}

/** Words of examples: `xoxb-your-token`, `xapp-xxxx`, `xoxb-<token>`. Slack's own parts are digits and noise. */
const OF_EXAMPLES =
  /^(?:your|my|the|a|bot|app|user|slack|token|secret|key|here|goes|example|placeholder|change|me|changeme|todo|x{3,}|\*{3,})$/i;

const isPlaceholder = (token: string): boolean =>
  /[<>]/.test(token) ||
  token
    .split(/[-_]/)
    .slice(1)
    .some((part) => OF_EXAMPLES.test(part));

const QUOTED = /^["'`]|["'`]$/;

function complainAboutToken(
  name: string,
  written: string,
  prefix: string,
  words: TokenWords,
  problem: (path: string, reason: string, fix: string) => void,
): void {
  const fix = `it begins with ${prefix}`;
  const other = Object.entries(words.others).find(([start]) => written.startsWith(start));
  if (QUOTED.test(written))
    problem(name, 'has quotation marks around it', "remove them; Docker's --env-file keeps them");
  else if (other !== undefined) problem(name, other[1], fix);
  else if (!written.startsWith(prefix)) problem(name, `does not begin with ${prefix}`, fix);
  else if (isPlaceholder(written))
    problem(name, 'is a placeholder', words.missing || 'copy it from your Slack app');
  else if (!/^[\w-]{10,}$/.test(written)) problem(name, 'is not a complete token', 'copy it again');
}

/** Why a URL is refused; the URL itself is not repeated, because it may hold a password. */
function whyNoUrl(written: string, protocols: readonly string[]): string | null {
  if (QUOTED.test(written)) return 'has quotation marks around it';
  if (!URL.canParse(written)) return 'is not an address that can be read';
  const { protocol, hostname, username, password } = new URL(written);
  const wanted = protocols.map((known) => `${known}//`);
  if (!protocols.includes(protocol)) return `does not begin with ${wanted.join(' or ')}`;
  if (hostname === '') return 'names no host';
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username + password !== '' ? 'has a user or password in it' : null;
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Rendered } from '../render.ts';

/** A message for a response_url. */
export interface Response extends Rendered {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly replace_original: boolean;
}

const SLACK = /^hooks\.slack(?:-gov)?\.com$/;

/**
 * Whether a response_url is Slack's, or on the host of another Web API where one is used. It comes
 * with a signed request; but what is sent there are people's words, so nothing goes anywhere else.
 */
export function isAnswerable(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' && SLACK.test(hostname)) return true;
  return apiUrl !== null && URL.canParse(apiUrl) && hostname === new URL(apiUrl).hostname;
}

const TIMEOUT_MS = 5000;
const PAUSES_MS = [300, 1000];

async function send(url: string, body: Response): Promise<boolean> {
  try {
    const { ok, status } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Anything but a server's own trouble will be the same the next time.
    if (ok || (status < 500 && status !== 429)) return ok;
  } catch {
    // Tried again below; a doubled private answer is better than none.
  }
  return false;
}

/** Answers through a response_url, three times if need be; false when it did not take the answer. */
export async function respondTo(url: string, body: Response): Promise<boolean> {
  if (await send(url, body)) return true;
  for (const ms of PAUSES_MS) {
    await pause(ms);
    if (await send(url, body)) return true;
  }
  return false;
}

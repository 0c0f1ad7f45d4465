import { nearest } from './nearest.ts';
import type { Variables } from './variables.ts';
import { format, keyVariable, PAGERS } from './webhooks.ts';
import { type Found, isSection, section } from './written.ts';

/** Variables that are for Muster alone: a webhook would hand them to somebody else. */
const OURS = /^(SLACK_|DATABASE_URL$|REDIS_URL$|ENCRYPTION_KEY$)/;

/** What a signature needs to be worth something. */
const SHORTEST_KEY = 16;

/** What is wrong between the parts of a webhook. */
export const webhookChecks = (root: unknown): readonly Found[] =>
  webhooksOf(root).flatMap(({ keys, kind, url, variable }): Found[] => {
    const found: Found[] = [];
    if (kind !== undefined && PAGERS[kind] === null && url === undefined)
      found.push({
        keys: [...keys, 'url'],
        reason: 'is missing',
        fix: 'write the address that takes the requests, such as https://hooks.example.com/muster',
      });
    if (variable !== undefined && OURS.test(variable))
      found.push({
        keys: [...keys, 'key'],
        reason: `$${variable} is Muster's own, and no other system may have it`,
        fix: 'make a key for this webhook, and name a variable of its own',
      });
    return found;
  });

/** Whether the variables that hold the keys are set, and hold something that can be used. */
export function unsetKeys(root: unknown, variables: Variables | null): readonly Found[] {
  if (variables === null) return [];
  return webhooksOf(root).flatMap(({ keys, kind, variable }): Found[] => {
    if (variable === undefined || OURS.test(variable)) return [];
    const at = [...keys, 'key'];
    const key = variables[variable]?.trim() ?? '';
    if (key === '')
      return [{ keys: at, reason: `$${variable} is not set`, fix: fixOf(variable, variables) }];
    if (kind !== 'muster' || key.length >= SHORTEST_KEY) return [];
    const reason = `$${variable} is too short to sign with`;
    return [{ keys: at, reason, fix: `give it at least ${SHORTEST_KEY} random characters` }];
  });
}

function fixOf(variable: string, variables: Variables): string {
  const others = Object.keys(variables).filter((name) => name !== variable && !OURS.test(name));
  const near = nearest(variable, others);
  const set = 'set it in the environment, or remove the webhook';
  return near === null ? set : `did you mean $${near}? Or ${set}`;
}

const webhooksOf = (root: unknown) =>
  Object.entries(section(root, 'webhooks')).map(([name, written]) => {
    const webhook = isSection(written) ? written : {};
    return {
      keys: ['webhooks', name],
      kind: format.read(webhook.format),
      url: webhook.url,
      variable: keyVariable.read(webhook.key),
    };
  });

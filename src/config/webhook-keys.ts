import type { Settings } from '../domain/settings.ts';
import type { Variables } from './variables.ts';

/**
 * The keys of the configured webhooks, by the variables that hold them; one that is not set is not
 * there. Secrets, every one: the log must hide them.
 */
export const webhookKeys = (
  { webhooks, workspaces = {} }: Settings,
  env: Variables,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [webhooks, ...Object.values(workspaces).map((each) => each.webhooks)]
      .flatMap((each) => Object.values(each))
      .flatMap(({ keyFrom }) => {
        const key = env[keyFrom]?.trim() ?? '';
        return key === '' ? [] : [[keyFrom, key]];
      }),
  );

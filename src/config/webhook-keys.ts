import type { Settings } from '../domain/settings.ts';
import type { Variables } from './variables.ts';

/**
 * The keys of the configured webhooks, by the variables that hold them; one that is not set is not
 * there. Secrets, every one: the log must hide them.
 */
export const webhookKeys = (
  { webhooks }: Settings,
  env: Variables,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(webhooks).flatMap(({ keyFrom }) => {
      const key = env[keyFrom]?.trim() ?? '';
      return key === '' ? [] : [[keyFrom, key]];
    }),
  );

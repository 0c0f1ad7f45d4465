import type { Webhook } from '../domain/settings.ts';
import { oneOf, type Reader } from './values.ts';

/** What a webhook's requests look like. */
export const format: Reader<Webhook['format']> = oneOf(['muster', 'pagerduty', 'opsgenie']);

/** Where the pagers take their events; Muster's own format goes wherever somebody says. */
export const PAGERS: Readonly<Record<Webhook['format'], string | null>> = {
  muster: null,
  pagerduty: 'https://events.pagerduty.com/v2/enqueue',
  opsgenie: 'https://api.opsgenie.com/v2/alerts',
};

/** Where a webhook's requests go. Throws where nothing says so, which the cross-checks keep from happening. */
export function addressOf(kind: Webhook['format'], written: string | undefined): string {
  const address = written ?? PAGERS[kind];
  if (address === null) throw new Error(`a ${kind} webhook without an address`);
  return address;
}

const VARIABLE = '^\\$\\{?([A-Z][A-Z0-9_]{0,99})\\}?$';

/** `$PAGER_KEY`: the name of a variable. What was written is not repeated: it may be the key itself. */
export const keyVariable: Reader<string> = {
  read: (value) =>
    typeof value === 'string'
      ? (new RegExp(VARIABLE).exec(value.trim())?.[1] ?? undefined)
      : undefined,
  is: 'the name of a variable',
  because: (value) =>
    value === undefined
      ? undefined
      : 'is not the name of a variable, and a key has no place in a file',
  fix: 'write $PAGER_KEY, and set that variable in the environment',
  schema: { type: 'string', pattern: VARIABLE, examples: ['$PAGER_KEY'] },
};

/** An https address. It is not repeated in a problem, because many addresses hold a secret. */
export const secureUrl: Reader<string> = {
  read: (value) => (whyNoUrl(value) === null ? String(value).trim() : undefined),
  is: 'an https address',
  because: (value) => (value === undefined ? undefined : (whyNoUrl(value) ?? undefined)),
  fix: 'write an address such as https://hooks.example.com/muster',
  schema: { type: 'string', pattern: '^https://', examples: ['https://hooks.example.com/muster'] },
};

function whyNoUrl(value: unknown): string | null {
  const written = typeof value === 'string' ? value.trim() : '';
  if (!URL.canParse(written)) return 'is not an address that can be read';
  const { protocol, username, password, hash } = new URL(written);
  if (protocol !== 'https:') return 'does not begin with https://';
  if (username + password !== '') return 'has a user or password in it';
  return hash === '' ? null : 'has a # in it, which would not be sent';
}

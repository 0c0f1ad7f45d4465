import { readdirSync, readFileSync } from 'node:fs';

/** What stands in notes and looks as random as a secret. From a seed: the same every time. */
function maker(seed: number) {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const of = (letters: string, length: number): string =>
    Array.from({ length }, () => letters[next(letters.length)]).join('');
  const pick = <T>(all: readonly T[]): T => all[next(all.length)] as T;
  return { next, of, pick };
}

const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const MIXED = LOWER + UPPER + DIGITS;

const { next, of, pick } = maker(42);
const hex = (length: number) => of(HEX, length);
const word = () =>
  pick(['checkout', 'billing', 'search', 'login', 'orders', 'cart', 'mail', 'edge', 'gateway']);

/** Each makes one note. What is in angle brackets in people's minds is really there. */
const TEMPLATES: readonly (() => string)[] = [
  () => `rolled back to ${hex(40)}`,
  () => `deploy of ${word()} ${hex(7)} finished`,
  () => `bisected to commit ${hex(12)}, reverted in #${next(9999)}`,
  () => `request ${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)} hangs for 30 s`,
  () => `trace ${hex(32)} span ${hex(16)} shows the lock`,
  () => `trace 1-${hex(8)}-${hex(24)} in X-Ray`,
  () => `pod ${word()}-${hex(9)}-${of('bcdfghjklmnpqrstvwxz2456789', 5)} OOMKilled`,
  () => `image registry.example.com/${word()}@sha256:${hex(64)} is the bad one`,
  () => `ghcr.io/shop/${word()}:v${next(9)}.${next(20)}.${next(9)}-${hex(7)} rolled out`,
  () => `node ip-10-${next(255)}-${next(255)}-${next(255)}.eu-west-1.compute.internal is NotReady`,
  () => `instance i-0${hex(16)} in subnet-0${hex(16)} terminated`,
  () => `arn:aws:lambda:eu-west-1:${of(DIGITS, 12)}:function:${word()}-handler throttled`,
  () => `order ${of(DIGITS, 14)} charged twice, customer ${next(999999)}`,
  () => `payment pi_${of(MIXED, 24)} stuck in processing`,
  () => `charge ch_${of(MIXED, 24)} refunded to cus_${of(MIXED, 14)}`,
  () => `publishable key pk_live_${of(MIXED, 24)} is in the page, as it should be`,
  () => `event 01${of('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)} processed twice`,
  () => `Sentry ${hex(32)}: TypeError in ${word()}.ts:${next(900)}`,
  () => `x-amz-cf-id ${of(MIXED, 40)}== from the edge`,
  () => `request id ${of(MIXED, 36)}= in the S3 log`,
  () => `integrity sha512-${of(`${MIXED}+/`, 86)}== does not match`,
  () => `icon is data:image/png;base64,${of(`${MIXED}+/`, 60)}`,
  () => `etag "${hex(32)}-${next(9)}" differs from the origin's`,
  () => `newest hash ${of(`${MIXED}-_`, 43)} noted`,
  () =>
    `see https://grafana.example.com/d/${of(MIXED, 9)}/${word()}?orgId=1&from=1760${of(DIGITS, 9)}`,
  () => `doc: https://docs.google.com/document/d/${of(`${MIXED}-_`, 44)}/edit`,
  () => `https://shop.slack.com/archives/C0${of(UPPER + DIGITS, 9)}/p1760${of(DIGITS, 12)}`,
  () => `video of the page: https://youtu.be/${of(`${MIXED}-_`, 11)}`,
  () => `/var/lib/${word()}/data/${hex(8)}/segment-${next(99)}.log is full`,
  () => `src/${word()}/PaymentGatewayV2Handler.java:${next(900)} throws NullPointerException`,
  () => `C:\\Services\\${word()}\\Logs\\2026-03-08\\app.log grows by 2 GB/min`,
  () => `${word()} password reset mails are delayed by ${next(50)} min`,
  () => `token refresh fails with ${pick(['401', '403', '500'])} since ${next(24)}:0${next(9)}`,
  () => `the secret ${word()}/prod-db-credentials was not mounted`,
  () => `secret: ${word()}-tls expired at midnight, renewed`,
  () => `api key of the ${word()} team is rate limited: 429 after ${next(900)} requests`,
  () => `token: expired, users are logged out`,
  () => `password: nobody knows it, see 1Password`,
  () => `bearer authentication is off for ${word()}`,
  () => `basic authentication fails behind the proxy`,
  () => `max_tokens=${next(9000)} and token_count: ${next(9000)} look right`,
  () => `set password_min_length to ${next(20)}, session token ttl is ${next(60)}m`,
  () => `rotated the API key at 14:${10 + next(49)}, new one is in the vault`,
  () => `the token is ${next(60)} minutes old when it is refused`,
  () => `DB_PASSWORD is missing in the environment of ${word()}`,
  () => `export DB_PASSWORD=$PROD_DB_PASSWORD was in the runbook`,
  () => `postgres://app:***@db-${next(9)}:5432/shop refuses connections`,
  () => `redis://cache-${next(9)}.internal:6379 has ${next(99)}% memory used`,
  () => `http://10.0.${next(255)}.${next(255)}:8080/healthz answers 503 @ana look`,
  () => `psql -h db-${next(9)} -U app shop hangs; mysql -u root -p works`,
  () => `kafka ${word()}-events-${next(60)} lag ${next(900000)} on partition ${next(60)}`,
  () => `jira SHOP-${next(9999)}, pagerduty Q${of(UPPER + DIGITS, 13)}`,
  () => `MAC ${hex(2)}:${hex(2)}:${hex(2)}:${hex(2)}:${hex(2)}:${hex(2)} flaps on port ${next(48)}`,
  () => `fe80::${hex(4)}:${hex(4)}:${hex(4)}:${hex(4)} is announced twice`,
  () => `fingerprint SHA256:${of(`${MIXED}+/`, 43)} of the new host key`,
  () => `feature flag checkout-newTaxTable-EU-v${next(9)} turned off for ${next(100)}%`,
  () => `query SELECT * FROM orders WHERE id = '${hex(24)}' takes ${next(90)} s`,
  () =>
    `job ${word()}_nightly_${of(DIGITS, 8)}T${of(DIGITS, 6)}Z failed with exit code ${next(255)}`,
  () => `error rate of ${word()} is ${next(100)}.${next(9)}%, p99 ${next(9000)} ms`,
  () => `${pick(['ana', 'bo', 'max'])} is on it, next update in ${next(50)} min`,
];

/** Every note of the seeds and of the demo's cases, as people typed them. */
function published(): string[] {
  const files = [
    ['../../src/demo/cases/', '.txt'],
    ['../fixtures/seeds/', ''],
  ].flatMap(([folder = '', end = '']) => {
    const at = new URL(folder, import.meta.url);
    return readdirSync(at)
      .filter((name) => name.endsWith(end))
      .map((name) => readFileSync(new URL(name, at), 'utf8'));
  });
  return files.flatMap((text) => text.split('\n')).filter((line) => line.trim().length > 10);
}

/** Notes as they are typed in an incident, none of which holds a secret. */
export const NOTES: readonly string[] = [
  ...Array.from({ length: 25 }, () => TEMPLATES.map((make) => make())).flat(),
  ...published(),
];

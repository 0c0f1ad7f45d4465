import fc from 'fast-check';
import { expect, test } from 'vitest';
import { masked, secretsIn } from '../../../src/domain/secrets/index.ts';
import { NOTES } from '../../support/notes.ts';
import { SECRETS, secretCalled } from '../../support/secrets.ts';

const RECALL = 0.95;
const FALSE_ALARMS = 0.01;

const isLeft = (text: string, secret: string): boolean => {
  // Half of a key is a key to somebody with patience.
  const half = secret.slice(0, Math.max(6, Math.ceil(secret.length / 2)));
  const other = secret.slice(-half.length);
  return text.includes(half) || text.includes(other);
};

test('of the secrets in the corpus, at least 95 of 100 are taken out, and none by half', () => {
  expect(SECRETS.length).toBeGreaterThanOrEqual(60);
  const missed = SECRETS.filter(({ before, secret, after }) =>
    isLeft(masked(before + secret + after).text, secret),
  ).map(({ what }) => what);
  expect(1 - missed.length / SECRETS.length, missed.join(', ')).toBeGreaterThanOrEqual(RECALL);
});

test('of a thousand notes without one, at most ten are touched', () => {
  expect(NOTES.length).toBeGreaterThanOrEqual(1000);
  const touched = NOTES.filter((note) => masked(note).found.length > 0);
  expect(touched.length / NOTES.length, touched.join('\n')).toBeLessThanOrEqual(FALSE_ALARMS);
});

test('only the secret goes: the words around it stay', () => {
  const changed = SECRETS.filter(({ before, secret, after }) => {
    const { text, found } = masked(before + secret + after);
    return (
      found.length > 0 && !(text.startsWith(before.trimEnd()) && text.endsWith(after.trimStart()))
    );
  }).map(({ what, before, secret, after }) => `${what}: ${masked(before + secret + after).text}`);
  expect(changed).toEqual([]);
});

test('what stands in its place says what it was, and is not taken for a secret itself', () => {
  const { before, secret, after } = secretCalled('AWS key id');
  const { text, found } = masked(before + secret + after);
  expect(text).toBe('found [secret removed: AWS key] in the public bucket');
  expect(found).toEqual(['AWS key']);
  expect(secretsIn(text)).toEqual(found);
  for (const one of SECRETS) {
    const once = masked(one.before + one.secret + one.after);
    expect(masked(once.text)).toEqual({ text: once.text, found: [] });
  }
});

test('several in one text are all taken out', () => {
  const one = secretCalled('GitHub token').secret;
  const other = secretCalled('Stripe live key').secret;
  const { text, found } = masked(`${one} and ${other}, then ${one} again, password=${one}`);
  expect(text).toBe(
    '[secret removed: GitHub token] and [secret removed: Stripe key], then [secret removed: GitHub token] again, password=[secret removed: GitHub token]',
  );
  expect(found).toEqual(['GitHub token', 'Stripe key']);
});

test.each([
  'password is wrong',
  'password: see the vault',
  'token expired',
  'the secret is out',
  'secret=none',
  'password=<yours>',
  'password={{ db.password }}',
  'postgres://user:password@host/db',
  'api_key=*****',
  'const token = workspace.botToken;',
  'token: config.slack.botToken, url',
  'secret = await readSecret(path)',
])('a sentence about secrets is none: %s', (text) => {
  expect(masked(text)).toEqual({ text, found: [] });
});

test('any text is read in bounded time, and stays as it was where nothing is found', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      ...['-----BEGIN ', 'PRIVATE KEY-----', 'password', '=', ':', 'eyJ', '://', '@'],
      ...['"', "'", 'a'.repeat(500), ' ', 'A1b2'.repeat(60)],
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const { text: left, found } = masked(text);
      if (found.length === 0) expect(left).toBe(text);
      else expect(secretsIn(left)).toEqual(expect.arrayContaining([...found]));
    }),
    { numRuns: process.env.LONG === undefined ? 1000 : 10_000 },
  );
  const nasty = [
    'password '.repeat(5000),
    'a'.repeat(50_000),
    '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(1000),
    'x://a:'.repeat(8000),
    `eyJ${'a'.repeat(8000)}.`.repeat(5),
    'curl '.repeat(8000),
  ];
  for (const text of nasty) {
    const before = performance.now();
    masked(text);
    // A thousand times what it takes, so that a busy machine does not fail it.
    expect(performance.now() - before, text.slice(0, 20)).toBeLessThan(10_000);
  }
});

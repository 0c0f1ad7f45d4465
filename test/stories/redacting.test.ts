import { expect, test } from 'vitest';
import { verify } from '../../src/verify.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { marked, opened } from '../support/pinning.ts';
import { everythingKept, numberOf, SHOWN, slackShows } from '../support/redacted.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

const SECRET = 'AKIA7SECRET"KEY<42>';

async function verified(story: Story, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await verify(words, { DATABASE_URL: story.databaseUrl }, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

test('a secret that was redacted is nowhere: not in the database, not in Slack, and the trail says so', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(1);
  await story.type('ana', `/incident the key ${SECRET} was in the log`, 'C0GENERAL');
  await story.fastForward(1);
  await story.type('ana', `/incident update the key ${SECRET} was in the log`);
  await story.fastForward(1);
  const no = await numberOf(story, 'AKIA7');
  await story.type('bo', `/incident edit ${no} the key ${SECRET} was in the public log`);
  await story.fastForward(1);
  await story.type('bo', '/incident lead <@U0CY>');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  await story.type('ana', '/incident postmortem export json');
  expect(story.draft()).toMatch(SHOWN);
  expect(slackShows(story)).toMatch(SHOWN);
  const before = await everythingKept(story);
  expect(before.match(new RegExp(SHOWN, 'g'))?.length).toBeGreaterThan(8);
  const salts = before.match(/"of": "entry \d+\.0", "salt": ""/g);
  expect(salts).toBeNull();

  await story.fastForward(1);
  const asked = await story.type('cy', `/incident redact ${no} an access key was in it`);
  expect(asked).toContain('This cannot be undone.');
  expect(asked).not.toMatch(SHOWN);
  expect(await everythingKept(story)).toMatch(SHOWN);
  const done = await story.click('cy', `Yes, redact #${no} for good`);
  expect(done).toContain(`#${no} of INC-1 is redacted.`);
  await story.fastForward(1);

  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  expect(slackShows(story).match(SHOWN)).toBeNull();
  expect(story.messages().join('\n')).toContain('an access key was in it');
  expect(story.told('cy').at(-1)).toMatch(
    /redacted in Slack: \d+ messages? changed, 3 files deleted/,
  );
  const pictures = story.workspace.files.filter(({ name }) => name.includes('-picture-'));
  expect(pictures.map(({ name }) => name)).toEqual(['INC-1-picture-v2.png']);
  expect(story.draft()).toContain('Redacted: an access key was in it');
  expect(await story.type('bo', '/incident timeline')).toContain(
    'Redacted: an access key was in it',
  );
  expect(await story.type('bo', '/incident find AKIA7SECRET')).not.toContain(`#${no}`);

  const [seals] = await story.sql<{ salts: string[] }[]>`select array_agg(s->>'salt') as salts
    from audit a, jsonb_array_elements(a.seals) s where s->>'of' in (${`entry ${no}.0`}, ${`entry ${no}.1`})`;
  expect(seals?.salts).toEqual(['', '']);
  const { code, said } = await verified(story, 'INC-1');
  expect(said).toContain('as recorded');
  expect(said).toMatch(new RegExp(`#${no} was redacted .* UTC by U0CY: an access key was in it`));
  expect(code).toBe(0);
  await expectInvariants(story);
});

test('what a redaction is not: undone, silent about itself, or a way to repeat the secret', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(1);
  await story.type('ana', `/incident log the key is ${SECRET}`);
  await story.fastForward(1);
  const no = await numberOf(story, 'AKIA7');
  await story.type('bo', '/incident lead me');
  expect(await story.type('bo', `/incident redact ${no}`)).toContain('Say why');
  const repeated = await story.type('bo', `/incident redact ${no} the key is ${SECRET}`);
  expect(repeated).toContain('repeats what is to go');
  await story.type('bo', `/incident redact ${no} a key`);
  await story.click('bo', `Yes, redact #${no} for good`);
  expect(await story.type('bo', `/incident restore ${no}`)).toContain('what it said is gone');
  expect(await story.type('bo', `/incident redact ${no} a key`)).toContain('was redacted by');
  expect(await story.type('bo', '/incident redact 99 a key')).toContain('no entry #99');
  await story.type('bo', `/incident edit ${no} a key was pasted here`);
  expect((await story.entries()).find((one) => one.no === no)?.text).toBe('a key was pasted here');
  const { code, said } = await verified(story);
  expect([code, said]).toEqual([0, expect.stringContaining('everything is as it was recorded')]);
  await expectInvariants(story);
});

test('the title, a header field and an action item go wherever else they are kept', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Outage at AKIA7SECRET Bank');
  await story.fastForward(1);
  await story.type('ana', '/incident set service AKIA7SECRET-billing');
  await story.fastForward(1);
  await story.type(
    'ana',
    '/incident action call AKIA7SECRET due 2026-03-09 ref AKIA7SECRET-1 <@U0BO>',
  );
  await story.fastForward(1);
  for (const part of ['Declared', 'AKIA7SECRET-billing', 'call AKIA7SECRET']) {
    const no = await numberOf(story, part);
    await story.type('ana', `/incident redact ${no} a customer`);
    await story.click('ana', `Yes, redact #${no} for good`);
    await story.fastForward(1);
  }
  // The channel's name is Slack's; the person who asked is told to rename it.
  const kept = (await everythingKept(story)).replaceAll(/inc-1-outage-at-akia7secret-bank/g, '');
  expect(kept.match(SHOWN)).toBeNull();
  expect(story.card()).toContain('INC-1 · Redacted');
  expect(story.announced().join()).not.toMatch(SHOWN);
  expect(story.messages().join()).not.toMatch(SHOWN);
  const { code, said } = await verified(story);
  expect([code, said]).toEqual([0, expect.stringContaining('everything is as it was recorded')]);
  await expectInvariants(story);
});

test('nobody can use the way past the triggers for anything else', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident log something true');
  const { sql } = story;
  const [one] = await sql<{ id: string }[]>`select id from incident`;
  const id = one?.id ?? '';
  await expect(sql`select * from muster_redact(${id}, 2, '{}')`).rejects.toThrow('is no redaction');
  await expect(
    sql`update audit set action = '{"type": "log", "redacted": 2}' where seq = 2`,
  ).rejects.toThrow('only ever added');
  const no = await numberOf(story, 'something true');
  await story.type('ana', `/incident redact ${no} a slip`);
  await story.click('ana', `Yes, redact #${no} for good`);
  const [row] = await sql<
    { seq: number }[]
  >`select seq from audit where action->>'type' = 'redact'`;
  const seq = String(row?.seq);
  const asIf = (statement: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('muster.redacting', ${seq}, true)`;
      await tx.unsafe(statement);
    });
  for (const statement of [
    `update audit set action = '{"type": "open", "title": "Another"}' where seq = 1`,
    `update audit set actor = 'U0MAX' where seq = 1`,
    `update audit set seals = jsonb_set(seals, '{0,digest}', '"AAAA"') where seq = 1`,
    `update audit set seals = jsonb_set(seals, '{0,salt}', '"AAAA"') where seq = 1`,
    `update revision set before = before || '{"text": "Another"}'`,
    `update revision set by = 'U0MAX', before = before || '{"text": "Redacted"}'`,
    'delete from revision',
  ])
    await expect(asIf(statement), statement).rejects.toThrow('only ever added');
  // What the trigger lets pass because it is a taking out, verify finds where no redaction is about it.
  await asIf(`update audit set action = '{"type": "open", "redacted": ${seq}}' where seq = 1`);
  const { code, said } = await verified(story);
  expect(code).toBe(1);
  expect(said).toContain('What was done is gone, and no redaction says so: change 1');
});

test('an entry that was taken from a message stays redacted, whatever becomes of the message', async () => {
  const { story, say, react, unreact } = await opened(begin);
  const files = ['AKIA7SECRET.png'];
  const message = await say('cy', `the key is ${SECRET}`, { files });
  await react('bo', message);
  await marked(story, message);
  const no = await numberOf(story, 'AKIA7');
  await story.type('cy', `/incident redact ${no} a key`);
  const done = await story.click('cy', `Yes, redact #${no} for good`);
  expect(done).toContain('It was taken from this message, which still says it.');
  await story.settle();
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  await story.workspace.edit(message, `the key is still ${SECRET}`);
  await unreact('bo', message);
  await react('bo', message);
  await story.settle();
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  const { code } = await verified(story);
  expect(code).toBe(0);
  await expectInvariants(story);
});

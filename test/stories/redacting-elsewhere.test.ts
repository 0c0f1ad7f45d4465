import { expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { createWork } from '../../src/db/work.ts';
import { say } from '../../src/domain/text.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { everythingKept, numberOf, SHOWN, slackShows } from '../support/redacted.ts';

const begin = storyteller();

test('a title leaves what named the incident by it: pings, requests for a review, replies, links', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Outage at AKIA7SECRET Bank');
  await story.opens('cy', 'sev2 Refunds fail');
  const [one, two] = [story.channel(1).id, story.channel(2).id];
  await story.type('cy', '/incident link 1 related', two);
  await story.fastForward(12);
  await story.type('bo', '/incident ack', one);
  await story.type('ana', '/incident resolve', one);
  await story.fastForward(2);
  await story.type('ana', '/incident postmortem review <@U0CY>', one);
  await story.fastForward(1);
  expect(story.told('bo').join()).toMatch(SHOWN);
  expect(story.told('cy').join()).toMatch(SHOWN);
  const there = await numberOf(story, 'AKIA7', 2);
  await story.type('ana', '/incident redact 1 a customer', one);
  const done = await story.click('ana', 'Yes, redact #1 for good');
  expect(done).toContain(`Links said it, too, and are redacted: INC-2 #${there}.`);
  await story.fastForward(2);
  expect(story.messages(2).join()).toContain(`redacted #${there}.`);
  const name = /inc-1-outage-at-akia7secret-bank/g;
  expect((await everythingKept(story)).replaceAll(name, '').match(SHOWN)).toBeNull();
  expect(slackShows(story).match(SHOWN)).toBeNull();
  await expectInvariants(story);
});

test('an action item that somebody was reminded of leaves the reminders, too', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident action rotate AKIA7SECRET <@U0BO> due 2026-03-09');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  await story.fastForward(60 * 24 * 2);
  expect(story.told('bo').join()).toMatch(SHOWN);
  const no = await numberOf(story, 'rotate AKIA7');
  await story.type('ana', `/incident redact ${no} a key`);
  await story.click('ana', `Yes, redact #${no} for good`);
  await story.fastForward(60 * 24);
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  expect(slackShows(story).match(SHOWN)).toBeNull();
  await expectInvariants(story);
});

test('what the report of another incident shows of it goes from there, too, and a later version follows', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev2 Refunds fail');
  const [one, two] = [story.channel(1).id, story.channel(2).id];
  for (const channel of [one, two]) {
    await story.type('ana', '/incident ack', channel);
    if (channel === two)
      await story.type('ana', '/incident impact the key AKIA7SECRET was posted', two);
    await story.type('ana', '/incident resolve', channel);
  }
  await story.fastForward(1);
  await story.type('ana', '/incident postmortem with 2', one);
  await story.fastForward(1);
  await story.type('ana', '/incident postmortem export json', one);
  await story.fastForward(1);
  expect(story.draft()).toMatch(SHOWN);
  const no = await numberOf(story, 'AKIA7', 2);
  await story.type('ana', `/incident redact ${no} a key`, two);
  await story.click('ana', `Yes, redact #${no} for good`);
  await story.fastForward(2);
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  expect(slackShows(story).match(SHOWN)).toBeNull();
  expect(story.told('ana').join()).toMatch(
    new RegExp(`#${no} of INC-2 is redacted in the report of INC-1: \\d+ messages changed`),
  );
  const version = await story.sql<{ markdown: string }[]>`select markdown from draft d
    join incident i on i.id = d.incident_id where i.number = 1 order by version desc limit 1`;
  expect(version[0]?.markdown).toContain('Redacted: a key');
  await expectInvariants(story);
});

test('a report that was composed while one of its incidents was redacted is not kept', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev2 Refunds fail');
  const two = story.channel(2).id;
  await story.type('ana', '/incident log the key AKIA7SECRET was posted', two);
  const read = await story.sql<{ id: string; seq: number }[]>`select id::text, seq from incident
    order by number`;
  const [lead, ...others] = read;
  const no = await numberOf(story, 'AKIA7', 2);
  await story.type('ana', `/incident redact ${no} a key`, two);
  await story.click('ana', `Yes, redact #${no} for good`);
  const now = await story.sql<{ id: string; seq: number }[]>`select id::text, seq from incident
    where number = 2`;
  const pool = connect({ url: story.databaseUrl, name: 'test', max: 1, statementTimeout: 5000 });
  const { keepDraft } = createWork(pool);
  const { id = '', seq = 0 } = lead ?? {};
  const draft = { markdown: 'AKIA7SECRET', message: say('AKIA7SECRET'), basedOn: seq };
  expect(await keepDraft(id, 1, { ...draft, others }, [])).toBe(false);
  expect(await keepDraft(id, 1, { ...draft, others: now }, [])).toBe(true);
  await pool.end();
});

test('a report that once held an incident, and names it no more, is cleaned of it, too', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev2 Refunds fail');
  const [one, two] = [story.channel(1).id, story.channel(2).id];
  await story.type('ana', '/incident impact the key AKIA7SECRET was posted', two);
  await story.type('ana', '/incident ack', one);
  await story.type('ana', '/incident resolve', one);
  await story.fastForward(1);
  await story.type('ana', '/incident postmortem with 2', one);
  await story.fastForward(1);
  expect(story.draft()).toMatch(SHOWN);
  await story.type('ana', '/incident postmortem with none', one);
  await story.fastForward(1);
  const no = await numberOf(story, 'AKIA7', 2);
  await story.type('ana', `/incident redact ${no} a key`, two);
  await story.click('ana', `Yes, redact #${no} for good`);
  await story.fastForward(2);
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  expect(slackShows(story).match(SHOWN)).toBeNull();
  expect(story.messages(1).join()).toContain(`redaction of #${no} of INC-2.`);
  await expectInvariants(story);
});

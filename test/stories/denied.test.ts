import { describe, expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';

const begin = storyteller();
const PATIENT = { answerWithinMs: 10_000 };

describe('who was refused what', () => {
  test('is shown to administrators, without the number of a private incident of others', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev1 Checkout is down');
    await story.opens('ana', 'sev2 private: Insider took the keys');
    await story.type('gus', '/incident open sev1 Fire', 'C0GENERAL');
    await story.type('cy', '/incident 2 timeline', 'C0GENERAL');
    const denied = await story.type('cy', '/incident doctor denied', 'C0GENERAL');
    expect(denied).toContain('Only an administrator may see who was refused what');
    const report = await story.type('ada', '/incident doctor denied', 'C0GENERAL');
    expect(report).toContain('3 attempts were refused so far.');
    expect(report).toContain('@gus, a guest, wanted to declare an incident (command).');
    expect(report).toContain(
      '@cy wanted to look at an incident that is not for them in a private incident (command).',
    );
    expect(report).not.toMatch(/INC-2|Insider/);
    await expectInvariants(story);
  });

  test('a second incident that is not for them is noted like the first one would be', async () => {
    const story = await begin(PATIENT);
    await story.opens('cy', 'sev1 Checkout is down');
    await story.opens('ana', 'sev2 private: Insider took the keys');
    await story.type('cy', '/incident lead me');
    const lines = ['link 2 related', 'merge 2', 'postmortem with 2'];
    const answers = (number: number) =>
      lines.map((line) => [line.replace('2', String(number)), number] as const);
    for (const [line, number] of [...answers(2), ...answers(99)])
      expect(await story.type('cy', `/incident ${line}`), line).toContain(
        `There is no INC-${number}.`,
      );
    const noted = await story.sql<{ what: string; number: number }[]>`
      select d.what, i.number from denied d join incident i on i.id = d.incident_id`;
    expect(noted).toEqual(lines.map(() => ({ what: 'see', number: 2 })));
    await expectInvariants(story);
  });

  test('yes to a question about an incident that is not theirs any more is noted, and does nothing', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev2 private: Insider took the keys');
    const channel = story.channel().id;
    await joins(story, 'bo', channel);
    await story.type('bo', '/incident resolve all quiet', channel);
    const asked = story.workspace.seenBy('U0BO').at(-1);
    if (asked === undefined) throw new Error('nothing was asked');
    await story.workspace.leave('U0BO', channel);
    const said = await story.click('bo', 'Yes, resolve INC-1', { ...asked, channel: 'C0GENERAL' });
    expect(said).toContain('That incident is not there any more.');
    expect(await story.sql`select status from incident`).toEqual([{ status: 'investigating' }]);
    expect(await story.sql`select actor, what, source from denied`).toEqual([
      { actor: 'U0BO', what: 'see', source: 'button' },
    ]);
    await expectInvariants(story);
  });

  test('is only ever added to', async () => {
    const story = await begin(PATIENT);
    await story.type('gus', '/incident open sev1 Fire', 'C0GENERAL');
    for (const attempt of [
      'update denied set actor = null',
      'delete from denied',
      'truncate denied',
    ])
      await expect(story.sql.unsafe(attempt), attempt).rejects.toThrow('only ever added');
    expect(await story.sql`select 1 from denied`).toHaveLength(1);
  });
});

import { expect, test } from 'vitest';
import { onAnyBackend, onBothBackends } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

/** A ping of the policy, with the minute at which it is read: the first one is of something new. */
const LEVEL = (minute: number, n: number, round = '') =>
  expect.stringMatching(
    n === 1 && round === ''
      ? new RegExp(
          `^${minute}: INC-1 sev1: Checkout is down\\. New incident, opened by <@U0ANA> at `,
        )
      : new RegExp(
          `^${minute}: INC-1 sev1: .*\\. Nobody has acknowledged it since .*: level ${n}${round}\\.$`,
        ),
  );
const WHAT = 'INC-1 sev1: Checkout is down. ';
const BY = (clock: string) => expect.stringContaining(clock);

onBothBackends('an incident that nobody acknowledges', (begin) => {
  test('walks the levels on time and calls each clock’s people at its minute', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.fastForward(16);
    expect(story.heardHere()).toEqual([
      LEVEL(0, 1),
      BY(`4: ${WHAT}Nobody has acknowledged INC-1. It must be acknowledged by`),
      `5: ${WHAT}Nobody has acknowledged INC-1 within 5 min.`,
      LEVEL(5, 2),
      BY(`8: ${WHAT}Nobody leads INC-1. It needs a commander by`),
      `10: ${WHAT}Nobody has taken command of INC-1 within 10 min.`,
      LEVEL(10, 3),
      BY(`12: ${WHAT}INC-1 needs a status update by`),
      `15: ${WHAT}INC-1 has had no status update for 15 min.`,
    ]);
    expect(story.heard('bo')).toEqual([
      LEVEL(5, 2),
      `10: ${WHAT}Nobody has taken command of INC-1 within 10 min.`,
    ]);
    expect(story.heard('cy')).toEqual(story.heard('bo'));
    expect(story.heard('max')).toEqual([
      LEVEL(10, 3),
      `15: ${WHAT}INC-1 has had no status update for 15 min.`,
    ]);
    expect(story.heard('ada')).toEqual([]);
    expect(story.channel().members).toEqual(expect.arrayContaining(['U0BO', 'U0CY', 'U0MAX']));
    await expectInvariants(story);
  });

  test('takes an acknowledgement from whoever was pinged, also where it is private', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 private: Payroll leaked');
    expect(await story.type('cy', '/incident 1 ack', 'C0GENERAL')).not.toContain('Payroll');
    await story.fastForward(6);
    expect(story.heard('bo').join()).toContain('level 2');
    const ping = story.workspace.directMessages('U0BO').at(-1);
    expect(await story.click('bo', 'Acknowledge', ping)).toContain('Acknowledged: INC-1');
    await expectInvariants(story);
  });

  test('warns the commander alone once there is one', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('cy', '/incident lead me');
    const here = story.heardHere().length;
    await story.fastForward(4);
    expect(story.heard('cy').at(-1)).toContain(`4: ${WHAT}Nobody has acknowledged INC-1.`);
    expect(story.heardHere()).toHaveLength(here);
    await story.fastForward(12);
    expect(story.heard('cy').filter((line) => line.includes('commander by'))).toEqual([]);
    expect(story.heard('cy').filter((line) => line.includes('no status update'))).toHaveLength(1);
    await expectInvariants(story);
  });

  test('tells the administrators when the policy is exhausted, and again every hour', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.fastForward(180);
    const rounds = story.heardHere().filter((line) => line.includes('level'));
    expect(rounds.map((line) => line.split(':')[0])).toEqual(['5', '10', '20', '25', '30']);
    expect(rounds[2]).toEqual(LEVEL(20, 1, ', round 2'));
    const nobody = story.heard('ada').filter((line) => line.includes('everybody in the policy'));
    expect(nobody.map((line) => line.split(' has')[0])).toEqual([
      '40: INC-1 sev1: Checkout is down. Nobody',
      '100: INC-1 sev1: Checkout is down. Still nobody',
      '160: INC-1 sev1: Checkout is down. Still nobody',
    ]);
    await story.type('bo', '/incident ack');
    await story.fastForward(29);
    await story.type('bo', '/incident log the restore runs');
    await story.fastForward(29);
    await story.type('bo', '/incident log the restore is done');
    await story.fastForward(29);
    expect(story.heard('ada').filter((line) => line.includes('in the policy'))).toHaveLength(3);
    await expectInvariants(story);
  });

  test('after an outage each clock fires once, late, and says so', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.jump(7);
    const late = (await story.entries()).filter(({ text }) => text.includes('late'));
    expect(late.map(({ text }) => text)).toEqual([
      'Breach: acknowledge within 5 min. 2 notices were due by now; this one stands for all of them. Sent 2 min late: Muster was restarted or had an outage.',
      'Pinged level 2 of the policy. Sent 2 min late: Muster was restarted or had an outage.',
    ]);
    expect(story.told('bo')).toHaveLength(1);
    expect(story.told('bo')[0]).toContain('Sent 2 min late: Muster was not running');
    await story.jump(0);
    await story.settle();
    expect(story.told('bo')).toHaveLength(1);
    await expectInvariants(story);
  });

  test('an outage that outlasts the whole walk leaves out no level', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.jump(90);
    for (const name of ['bo', 'cy', 'max', 'ada'])
      expect(
        story.told(name).filter((ping) => ping.includes('in the policy')),
        name,
      ).toHaveLength(1);
    await expectInvariants(story);
  });
});

onAnyBackend('an acknowledgement', (begin) => {
  test('stops the escalation and nothing else, and every ping so far says who acted', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.fastForward(6);
    const said = await story.type('bo', '/incident ack');
    expect(said).toContain('Acknowledged: INC-1');
    expect(said).toContain('Stopped: the acknowledge timer and the escalation.');
    const pings = [...story.messages(), ...story.told('bo'), ...story.told('cy')].filter((each) =>
      each.includes('Acknowledged by @bo at 14:06'),
    );
    expect(pings).toHaveLength(6);
    for (const ping of pings) {
      expect(ping).toContain('INC-1 sev1: Checkout is down');
      expect(ping).not.toContain('Nobody has acknowledged');
      expect(ping).not.toContain('[ Acknowledge ]');
    }
    await story.fastForward(29);
    await story.type('bo', '/incident log the pool is full');
    await story.fastForward(29);
    expect(story.heard('max')).toEqual([]);
    expect(story.heardHere().filter((line) => line.includes('level 3'))).toEqual([]);
    const still = ['commander', 'status update', 'mitigated'];
    for (const what of still)
      expect(
        story.heardHere().filter((line) => line.includes(what)),
        what,
      ).not.toEqual([]);
    await expectInvariants(story);
  });

  test('is told to whoever comes second, and taken back it lets the walk go on', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('bo', '/incident ack');
    expect(await story.type('cy', '/incident ack')).toContain(
      'INC-1 is already acknowledged by @bo',
    );
    await story.type('bo', '/incident undo');
    await story.fastForward(6);
    expect(story.heard('cy')).toEqual([LEVEL(5, 2)]);
    await expectInvariants(story);
  });
});

onAnyBackend('what moves the clocks', (begin) => {
  test('an upgrade starts them anew and says what moved; a downgrade needs a reason', async () => {
    const story = await begin();
    await story.opens('ana', 'sev2 Checkout is slow');
    await story.type('bo', '/incident ack');
    await story.fastForward(3);
    const said = await story.type('bo', '/incident sev sev1 it is all regions');
    expect(said).toContain('INC-1 is now sev1, was sev2.');
    expect(said).toContain('acknowledge starts anew: 5 min, by 14:08');
    expect(said).toMatch(/mitigate by 15:00.* instead of 18:00/);
    expect(said).toMatch(/resolve by 18:00.* instead of 22:00/);
    await story.fastForward(5);
    expect(story.heard('cy')).toEqual([LEVEL(8, 2)]);
    expect(await story.type('bo', '/incident sev sev2')).toContain('it needs a reason');
    expect(await story.type('bo', '/incident sev sev2 only one region')).toContain('is now sev2');
    await expectInvariants(story);
  });

  test('an update reaches the channel and moves the next one', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident lead me');
    await story.fastForward(10);
    const said = await story.type('ana', '/incident update Rolling back; errors are falling');
    expect(said).toContain('Next update by 14:40');
    expect(story.heardHere().at(-1)).toContain('Rolling back; errors are falling');
    await story.fastForward(23);
    expect(story.heard('ana').filter((line) => line.includes('status update'))).toEqual([]);
    await story.fastForward(8);
    const asked = story.heard('ana').filter((line) => line.includes('status update'));
    expect(asked.map((line) => line.split(':')[0])).toEqual(['34', '40']);
    await expectInvariants(story);
  });
});

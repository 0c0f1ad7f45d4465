import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../src/domain/schedules/schedule.ts';
import { onCallOf, onCallOverview } from '../../../src/domain/views/on-call.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
import { made, NOW, platform } from '../../support/rota.ts';

describe('what is shown', () => {
  const office: Schedule = {
    ...platform,
    name: 'office',
    layers: platform.layers.map((layer) => ({
      ...layer,
      only: [{ days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 }],
    })),
  };
  const policies = {
    platform: {
      name: 'platform',
      levels: [
        { after: 0, notify: [{ type: 'policy', name: 'helpers' }] },
        { after: 60_000, notify: [{ type: 'schedule', name: 'platform' }] },
      ],
      repeat: 0,
      repeatAfter: 0,
    },
    helpers: {
      name: 'helpers',
      levels: [{ after: 0, notify: [{ type: 'schedule', name: 'platform' }] }],
      repeat: 0,
      repeatAfter: 0,
    },
  } as const;
  const facts = {
    settings: { ...settings, policies, schedules: { platform, office } },
    overrides: [made({})],
    now: NOW,
    troubles: { U2: 'has left the workspace' },
  };

  test('every schedule says now, next, who it serves, its gaps and who has left', () => {
    const [, first, second = ''] = wordsOf(onCallOverview(facts)).split(/\n(?=platform|office)/);
    expect(first?.split('\n')).toEqual([
      'platform · sev1, sev2, sev3, sev4 (policy platform, level 1 and 2); policy helpers, level 1',
      '- Now: @U9 until 07/01/2026, 17:50, standing in, arranged by @UBOSS',
      '- Next: @U1 from 07/01/2026, 17:50',
      '- @U2 has left the workspace: the next in the rotation is pinged.',
    ]);
    expect(second).toContain('office · no policy pings it');
    expect(second).toContain(
      '- Gap: nobody is on call from 07/01/2026, 16:00 until 08/01/2026, 08:00',
    );
    expect(second).toMatch(/more gaps within 7 days/);
  });

  test('one schedule lists its shifts and lets every override be ended', () => {
    const words = wordsOf(onCallOf('platform', facts));
    expect(words).toContain('- Now: @U9 until 07/01/2026, 17:50');
    expect(
      wordsOf(onCallOf('platform', { ...facts, overrides: [made({ from: NOW + 1 })] })),
    ).toMatch(/^- @U9 from .* \(override\)$/m);
    expect(words).toContain('- @U2 from 12/01/2026, 08:00 until 19/01/2026, 08:00');
    expect(words).toContain('[End it: oncall platform end 1a2b3c4d]');
    expect(words).toContain('/incident oncall platform override @somebody until 18:00');
  });

  test('without any schedule it says how to make one', () => {
    const words = wordsOf(onCallOverview({ ...facts, settings }));
    expect(words).toContain('No schedule is configured, so nobody is on call.');
    expect(words).toContain('rotation: { every: week');
  });
});

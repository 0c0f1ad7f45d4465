import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/postmortem/checks.ts';
import { composeDraft, draftMarkdown } from '../../../src/domain/postmortem/index.ts';
import type { PresetName } from '../../../src/domain/words.ts';
import { settings } from '../../support/scribe.ts';
import { act, type Change, record as clean, comms, detail, log } from './clean-record.ts';

const NOW = Date.parse('2026-03-11T09:00:00Z');

const composed = (change: Change, preset: PresetName) =>
  composeDraft({ records: [clean(change)] }, settings, { version: 3, now: NOW, preset });
const write = (change: Change, preset: PresetName = 'standard'): string =>
  draftMarkdown(composed(change, preset));
const under = (markdown: string, heading: string): string => {
  const [, rest = ''] = markdown.split(`\n${heading}\n`);
  return rest.split(/\n#{2,3} /)[0]?.trim() ?? '';
};
const asked = (change: Change, check: string): readonly string[] =>
  composed(change, 'standard')
    .questions.filter((question) => question.check === check)
    .map(({ text }) => text.join(''));

describe('questions', () => {
  const change: Change = {
    marks: { detected: null },
    without: ['comms'],
    also: (scribe) => act(scribe, 'Improve monitoring', { owner: null }),
  };

  test('stand under two headings, those that a fact hangs on first', () => {
    const markdown = write(change);
    expect(under(markdown, '### Facts, times and figures (2)')).toMatch(
      /^1\. When was it detected.*\n2\. What was told to users/,
    );
    expect(under(markdown, '### Wording and follow-ups (2)')).toMatch(
      /^1\. 1 of 2 actions: no owner \(a2\).*\n2\. a2 needs wording/,
    );
    const grave = composed(change, 'standard').questions.map((question) => question.grave);
    expect(grave).toEqual([true, true, false, false]);
  });

  test('have one heading where there is one sort', () => {
    const markdown = write({ marks: { detected: null } });
    expect(markdown).toContain('### Facts, times and figures (1)');
    expect(markdown).not.toContain('### Wording');
  });

  test('come from checks that are listed once', () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });
});

describe('one thing is asked once', () => {
  test('messages without a time', () => {
    const change: Change = {
      also: (scribe) => {
        comms(scribe, null, 'Answered a customer in private');
        comms(scribe, null, 'Wrote to the shops');
      },
    };
    const [first = '', ...others] = asked(change, 'times-missing');
    expect(others).toEqual([]);
    expect(first).toMatch(/^When was it told: #\d+ “Answered.*”, #\d+ “Wrote.*”\? Their times are/);
  });

  test('effects that contradict each other are not asked about as twins', () => {
    const change: Change = {
      without: ['effect'],
      also: (scribe) => {
        scribe.find('effect', 'Users could not reach the shop because queries failed');
        scribe.find(
          'effect',
          'Users in the US region could not reach the shop because queries failed',
        );
      },
    };
    expect(asked(change, 'impact-figures')).toHaveLength(1);
    expect(asked(change, 'repeated')).toEqual([]);
  });

  test('a claim that no alert was missed asks for the alert, and nothing else does', () => {
    const change: Change = {
      marks: { detected: null },
      also: (scribe) => {
        const report = log(scribe, '14:03', 'Shops say that orders fail', 'report');
        scribe.point('detected', report.no);
        scribe.find('lesson', 'No alerts were missed.');
      },
    };
    expect(asked(change, 'alerts-claimed')).toHaveLength(1);
    expect(asked(change, 'noticed-first')).toEqual([]);
  });

  test('a share that works again contradicts nobody', () => {
    const effect = (text: string): Change => ({
      without: ['effect'],
      also: (scribe) => void scribe.find('effect', text),
    });
    expect(
      asked(effect('All users. At 10:40 traffic recovered to 50%.'), 'impact-figures'),
    ).toEqual([]);
    expect(asked(effect('All users. About 30% saw errors.'), 'impact-figures')).toHaveLength(1);
  });
});

describe('one thing is told once', () => {
  test('a fix whose permanence was answered by recording it again', () => {
    const fix = (permanence: 'permanent' | null) => ({ type: 'fix', n: 1, permanence }) as const;
    const change: Change = {
      without: ['fix'],
      also: (scribe) => {
        detail(scribe, fix(null), 'The pool was enlarged.');
        detail(scribe, fix('permanent'), 'The pool was enlarged.');
      },
    };
    for (const preset of ['standard', 'register', 'public'] as const) {
      expect(write(change, preset).match(/The pool was enlarged\. ?/g), preset).toHaveLength(1);
    }
    expect(under(write(change), '### Resolution')).toContain('- Fix (permanent): The pool was');
  });

  test('an entry that was both the detection and the first report', () => {
    const change: Change = {
      marks: { detected: null },
      also: (scribe) => {
        scribe.point('detected', log(scribe, '14:03', 'Shops say so', 'report').no);
      },
    };
    expect(under(write(change), '### How it was detected')).toMatch(
      /^- Detected, first report: 10 Mar 2026 14:03 UTC, Shops say so \[#\d+\]\n- First alert: not recorded/,
    );
  });

  test('what failed with a wrong hypothesis, with the hypothesis', () => {
    const change: Change = {
      also: (scribe) => {
        log(scribe, '14:06', 'Cache suspected, cleared in vain', 'hypothesis', 'failed');
        log(scribe, '14:08', 'Restart did nothing', 'action', 'failed');
      },
    };
    expect(under(write(change), '### Attempts that failed')).toMatch(
      /^- 10 Mar 2026 14:08 UTC: Restart did nothing \[#\d+\]\n\nTried on hypotheses that were wrong: \[#\d+\]\.$/,
    );
    expect(under(write(change), '### Hypotheses that were wrong')).toContain('Cache suspected');
  });

  test('the entries of one clock, however many', () => {
    const change: Change = {
      also: (scribe) => {
        for (let n = 0; n < 12; n += 1) {
          scribe.write({
            at: Date.parse('2026-03-10T14:03:00Z') + n * 60_000,
            text: 'Breach: status update within 15 min.',
            author: null,
            source: 'system',
            detail: { type: 'timer', timer: 'update', step: 'breach', due: NOW, lateMs: 0 },
          });
        }
      },
    };
    expect(under(write(change), '### Escalation by Muster')).toMatch(
      /\| Breach: status update within 15 min\. \| {2}\| 12 times, .* \| \[(?:#\d+, ){5}#\d+ … #\d+\] \(12 entries\) \|/,
    );
  });
});

describe('register', () => {
  test('has a row to be copied, with what was published beside what is computed', () => {
    const change: Change = {
      incident: { header: { classification: 'High', priority: 'Prio 1' } },
      also: (scribe) => scribe.state('lead time', 15 * 60_000),
    };
    expect(under(write(change, 'register'), '## Register')).toContain(
      '| INC-42 | 10 Mar 2026 (UTC) | sev1 | High | Prio 1 | 28 min; stated 28 min | 13 min; stated 15 min | N/A | 14 min | external 1, internal 0 | 1: OPS-1 |',
    );
  });

  test('knows no workaround from none recorded', () => {
    const figures = (change: Change) =>
      under(write(change, 'register'), '## Figures and definitions');
    expect(figures({})).toMatch(/\| N\/A: there was no workaround \(#\d+\) \|/);
    expect(figures({ without: ['workaround'] })).toContain(
      '| unknown: a workaround is not recorded |',
    );
  });
});

test('classic has measures by type, and all of them', () => {
  const change: Change = {
    also: (scribe) => {
      act(scribe, 'Repair the pool', { sort: 'corrective' });
      act(scribe, 'Rehearse the rollback', { sort: null });
    },
  };
  const markdown = write(change, 'classic');
  expect(under(markdown, '### Corrective')).toMatch(
    /^\| Action \| Owner .*\n.*\n\| a2: Repair the pool \|.*\|$/,
  );
  expect(under(markdown, '### Preventive')).toContain('| a1: Alert on pool usage above 80% |');
  expect(under(markdown, '### Type not recorded')).toContain('| a3: Rehearse the rollback |');
  expect(markdown).toContain('\n3 actions, 0 done, 3 open.');
});

test('statuspage answers its questions, also when it is not over', () => {
  const answer = (change: Change) =>
    under(write(change, 'statuspage'), '## Is the incident resolved?');
  expect(answer({})).toMatch(/^Yes, since 10 Mar 2026 14:33 UTC \(15:33 CET\) \[#\d+\]\.$/);
  expect(answer({ incident: { status: 'monitoring', round: 1 } })).toBe(
    'Not yet: its status is monitoring. It was reopened once.',
  );
  expect(under(write({}, 'statuspage'), '## What happened?')).toMatch(
    /^Times are in UTC, beside it/,
  );
});

test('a figure that was published as approximate stays so', () => {
  const change: Change = {
    without: ['stated'],
    also: (scribe) => {
      scribe.state('downtime', 30 * 60_000);
      const last = scribe.entries.length - 1;
      const entry = scribe.entries[last];
      if (entry !== undefined) scribe.entries[last] = { ...entry, text: 'downtime: ~30 minutes' };
    },
  };
  expect(write(change)).toContain('stated ~30 min; computed 28 min; stated is 2 min longer');
  expect(asked(change, 'stated-figures')[0]).toMatch(/^“downtime” is stated as ~30 min, but/);
  expect(under(write(change, 'register'), '## Register')).toContain('28 min; stated ~30 min');
});

test('a figure whose two moments are one entry says so', () => {
  const change: Change = {
    marks: { 'impact started': null, detected: null },
    also: (scribe) => {
      const { no } = log(
        scribe,
        '14:01',
        'Alert: error rate of checkout above 5 per minute',
        'alert',
      );
      scribe.point('impact started', no);
      scribe.point('detected', no);
    },
  };
  expect(write(change)).toMatch(
    /\| time to detect \| [^|]* \| 0 min \| .* \[#\d+\], which is both \|/,
  );
});

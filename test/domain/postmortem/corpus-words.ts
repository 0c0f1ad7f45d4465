import { act, type Change, cause, effect, line, log, more, temporary } from './clean-record.ts';

/** What the checks of wording and actions must find, and what they must leave alone. */
export const WORDS: Readonly<
  Record<string, { planted: readonly Change[]; clean: readonly Change[] }>
> = {
  'findings-missing': {
    planted: [
      { without: ['trigger'] },
      { without: ['fix'] },
      { without: ['trigger', 'cause'] },
      temporary(null),
    ],
    clean: [
      {},
      more((s) => s.find('fix', 'The release was taken out of the catalogue.')),
      temporary({ sort: 'corrective' }),
      temporary({ addresses: 'c2' }),
    ],
  },
  'impact-uncounted': {
    planted: [{ without: ['effect'] }, effect('Checkout answered with errors.')],
    clean: [effect('1,200 users saw errors.'), effect('The entire shop was unavailable.')],
  },
  'mitigation-as-prevention': {
    planted: [
      line('14:16', 'Pool settings adjusted to prevent further incidents', 'mitigation'),
      { texts: { mitigated: 'Pool enlarged, preventing future outages' } },
    ],
    clean: [{}, more((s) => act(s, 'Cap the pool to prevent further incidents'))],
  },
  blame: {
    planted: [
      more((s) => cause(s, 'root', 'Human error in the release.')),
      line('14:16', 'Query run by one of the developers', 'cause'),
      line('14:16', 'Vermeer restarts the pool', 'action'),
      line('14:16', 'The team should have tested it', 'note'),
    ],
    clean: [
      line('14:16', 'Containers failed to start', 'failed'),
      line('14:16', 'Developers of the pool join the call', 'action'),
    ],
  },
  'vague-words': {
    planted: [
      line('14:16', 'Team immediately starts', 'action'),
      effect('Various complaints by 20% of users.'),
    ],
    clean: [{}, line('14:16', 'Germany and 3 more countries affected', 'impact')],
  },
  encoding: {
    planted: [
      line('14:16', 'Cause found â€“ the pool', 'cause'),
      line('14:16', 'Caf\uFFFD orders fail', 'impact'),
    ],
    clean: [
      line('14:16', 'Cause found – the pool, “as expected” — naïve', 'note'),
      line('14:16', '连接池耗尽 Âge', 'note'),
    ],
  },
  repeated: {
    planted: [
      more((s) => {
        s.find('lesson', 'The alert came when the pool was full.');
        s.find('lesson', 'The alert came when the pool was full.');
      }),
      more((s) => {
        log(s, '14:16', 'Monitoring alerts the engineers of the shop', 'alert');
        log(s, '14:16', 'Monitoring alerted the engineers of the shop', 'alert');
      }),
    ],
    clean: [
      more((s) => {
        log(s, '14:16', 'Rollback of node one started', 'action');
        log(s, '14:26', 'Rollback of node one started', 'action');
      }),
      more((s) => {
        log(s, '14:16', 'Configuration change rollback failed', 'failed');
        log(s, '14:17', 'Configuration change rollback succeeded; database restored', 'mitigation');
      }),
    ],
  },
  'actions-missing': {
    planted: [{ without: ['action'] }, { without: ['action', 'stated'] }],
    clean: [
      {},
      { without: ['action'], also: (s) => act(s, 'Add a test of the pool', { done: true }) },
    ],
  },
  'action-fields': {
    planted: [
      more((s) => act(s, 'Add a load test', { owner: null })),
      more((s) => act(s, 'Add a load test', { addresses: null })),
    ],
    clean: [
      {},
      more((s) => act(s, 'Add a load test', { done: true, owner: null, due: null, refs: [] })),
    ],
  },
  'action-wording': {
    planted: [
      more((s) => act(s, 'Watch the pool more closely')),
      more((s) => act(s, 'Stricter change management')),
      more((s) => act(s, 'Hold a post-incident review')),
      more((s) => act(s, 'Alert on pool usage above 80%')),
    ],
    clean: [
      more((s) => act(s, 'Implement automated scaling of the pool')),
      more((s) =>
        act(s, 'Find out why old containers were stopped and whether that can be prevented'),
      ),
    ],
  },
};

import {
  act,
  type Change,
  cause,
  comms,
  effect,
  line,
  more,
  reportFirst,
  typed,
} from './clean-record.ts';

/** What the checks of the story must find, and what they must leave alone. */
export const STORY: Readonly<
  Record<string, { planted: readonly Change[]; clean: readonly Change[] }>
> = {
  'data-damage': {
    planted: [
      more((s) => cause(s, 'root', 'The update corrupted the records of students.')),
      more((s) => s.find('effect', 'Some data loss in the basket of 5 users.')),
    ],
    clean: [
      effect('No data was lost; 20% of users saw errors.'),
      line('14:16', 'Waits with the redeploy to avoid data loss', 'decision'),
    ],
  },
  'alerts-claimed': {
    planted: [reportFirst('No alerts were missed.'), reportFirst('No alerts where missed')],
    clean: [
      more((s) => s.find('lesson', 'No alerts were missed.')),
      reportFirst('The alert came late.'),
    ],
  },
  'noticed-first': {
    planted: [reportFirst('A lesson.'), { marks: { detected: '14:11' } }],
    clean: [{}, line('14:05', 'Support passes on two complaints', 'report')],
  },
  workaround: {
    planted: [
      { without: ['workaround'] },
      effect('20% of orders failed; customers could send them again by mail.'),
    ],
    clean: [
      effect('20% of customers could not pay.'),
      more((s) => s.find('effect', 'Users could not use the shop on 3 sites.')),
    ],
  },
  'promise-and-state': {
    planted: [
      more((s) => {
        s.find('lesson', 'The pool settings have been documented for new colleagues.');
        act(s, 'Document the pool settings for new colleagues');
      }),
      more((s) => act(s, 'The release process is updated so that pools are tested', {})),
    ],
    clean: [
      more((s) => {
        s.find('lesson', 'The pool settings have been documented for new colleagues.');
        act(s, 'Document the pool settings for new colleagues', { done: true });
      }),
      more((s) => {
        s.find('lesson', 'The dashboards have been documented.');
        act(s, 'Document the escalation of the night shift');
      }),
    ],
  },
  'end-unconfirmed': {
    planted: [
      { texts: { mitigated: 'Servers seem stable again' } },
      { texts: { resolved: 'It should be over' } },
    ],
    clean: [{}, line('14:16', 'Load seems to come from one shop', 'hypothesis')],
  },
  'times-missing': {
    planted: [
      line(null, 'Escalated to the management', 'escalation'),
      line(null, 'Queue drained by hand', 'action'),
    ],
    clean: [{}, { marks: { 'impact started': 'untimed' } }],
  },
  'times-in-prose': {
    planted: [
      effect('From 13:20 on 20% of users saw errors.'),
      more((s) => cause(s, 'root', 'At 0700 hours the server updated itself.')),
    ],
    clean: [
      effect('From 14:00 to 14:28 20% of users saw errors.'),
      effect('20% of users were sent to 10.0.0.1:8080, in 1080 requests, at a ratio of 3:1.'),
    ],
  },
  'times-approximate': {
    planted: [
      more((s) => typed(s, 'Restarted', { flags: ['approximate'] })),
      more((s) => typed(s, 'Failed over', { flags: ['relative', 'approximate'] })),
    ],
    clean: [{}, more((s) => typed(s, 'Restarted', { flags: ['relative'] }))],
  },
  gaps: {
    planted: [
      { marks: { resolved: '16:00' } },
      { marks: { mitigated: '15:40', 'impact ended': '15:50', resolved: '16:10' } },
    ],
    clean: [{}, { marks: { resolved: '14:45' } }],
  },
  'comms-claimed': {
    planted: [
      { without: ['comms'] },
      { without: ['comms'], also: (s) => comms(s, null, 'Status page updates were posted.') },
    ],
    clean: [{}, more((s) => s.find('lesson', 'Customers were informed at once by the shop.'))],
  },
  'update-promised': {
    planted: [
      more((s) => comms(s, '14:01', 'We look into it. Next update in 3 minutes')),
      more((s) => comms(s, '14:11', 'Update within 10 minutes')),
    ],
    clean: [
      more((s) => comms(s, '14:05', 'Next update in 10 minutes')),
      more((s) => comms(s, '14:20', 'Next update in 30 minutes')),
    ],
  },
  assumptions: {
    planted: [
      more((s) => s.set('assumed', 'severity; date: the report has none')),
      more((s) => s.set('assumed', 'zone')),
    ],
    clean: [
      more((s) => {
        s.set('assumed', 'zone');
        s.set('assumed', 'none');
      }),
      more((s) => s.set('service', 'checkout')),
    ],
  },
};

import {
  type Change,
  cause,
  comms,
  effect,
  line,
  more,
  question,
  reopenedAt,
  typed,
} from './clean-record.ts';

/** What the checks of moments and figures must find, and what they must leave alone. */
export const MOMENTS: Readonly<
  Record<string, { planted: readonly Change[]; clean: readonly Change[] }>
> = {
  'moments-order': {
    planted: [{ marks: { resolved: '13:50' } }, { marks: { detected: '13:58' } }],
    clean: [{}, { marks: { detected: '14:00' } }],
  },
  'posts-too-early': {
    planted: [
      more((s) => comms(s, '13:30', 'Status page: Resolved. Checkout was down')),
      more((s) => comms(s, '14:20', 'Status page: resolved, all orders go through')),
    ],
    clean: [
      more((s) => comms(s, '13:30', 'Planned maintenance of the pool announced')),
      more((s) => comms(s, '14:40', 'Status page: resolved')),
    ],
  },
  'impact-figures': {
    planted: [
      effect('Complete unavailability for all users.', 'About 80% of our user base could not pay.'),
      effect('Users could not open the shop.', 'Users in the US region could not open the shop.'),
    ],
    clean: [
      effect('Checkout was slow for 30% of users.', 'Checkout failed for 15% of users.'),
      effect('All users in the shop saw errors.', 'Success rate recovered to 50%.'),
    ],
  },
  'moments-missing': {
    planted: [{ marks: { detected: null } }, { marks: { 'impact started': 'untimed' } }],
    clean: [{}, { marks: { detected: '14:02' } }],
  },
  'stated-figures': {
    planted: [
      more((s) => s.state('lead time', 12 * 60_000)),
      more((s) => s.state('agony', 60_000)),
    ],
    clean: [
      more((s) => s.state('lead time', 13 * 60_000)),
      more((s) => s.state('work around time', null)),
    ],
  },
  'reopened-open': {
    planted: [reopenedAt('14:50'), reopenedAt('16:00')],
    clean: [{}, { ...reopenedAt('14:50', '15:10') }],
  },
  'after-resolution': {
    planted: [
      line('15:00', 'Two shops report failed orders', 'report'),
      line('15:10', 'Alert: error rate', 'alert'),
    ],
    clean: [
      line('15:00', 'Review planned for Thursday', 'note'),
      line('14:33', 'Last failed order reported', 'report'),
    ],
  },
  'start-is-detection': {
    planted: [{ marks: { detected: '14:00' } }, { marks: { 'impact started': '14:01' } }],
    clean: [{}, { marks: { 'impact started': '13:58' } }],
  },
  'whole-period': {
    planted: [
      effect('Checkout failed for all users during the incident period.'),
      effect('20% of orders were lost throughout the outage.'),
    ],
    clean: [
      effect('Checkout failed for all users for 28 minutes.'),
      {
        ...effect('All users saw errors during the incident period.'),
        marks: { resolved: '14:28' },
      },
    ],
  },
  'zones-disagree': {
    planted: [
      more((s) => typed(s, 'Restarted', { disagreements: ['7:19 PM IST is 13:49 UTC'] })),
      more((s) => typed(s, 'Failed over', { disagreements: ['EST is not in force in May'] })),
    ],
    clean: [
      more((s) => typed(s, 'Restarted', {})),
      line('14:15', 'Restarted at 2:15 PM UTC', 'action'),
    ],
  },
  'times-unsettled': {
    planted: [
      more((s) => typed(s, 'Restarted', {}, question('IST means three zones.'))),
      more((s) => typed(s, 'Failed over', {}, question('That is in the future.'))),
    ],
    clean: [{}, more((s) => typed(s, 'Restarted', { flags: ['yesterday'] }))],
  },
  'times-far': {
    planted: [
      more((s) => typed(s, 'Restarted', { flags: ['far-past'] })),
      more((s) => typed(s, 'Upgrade', { flags: ['far-past', 'previous-year'] })),
    ],
    clean: [{}, more((s) => typed(s, 'Restarted', { flags: ['relative'] }))],
  },
  'cause-two-ways': {
    planted: [
      more((s) => {
        cause(s, 'root', 'A spike of queries triggered by a misconfigured pool.');
        cause(s, 'contributing', 'A misconfigured pool causing thousands of open sessions.');
      }),
      more((s) => {
        cause(s, 'root', 'The table lock was caused by the nightly migration');
        cause(s, 'contributing', 'The nightly migration led to containers being restarted');
      }),
    ],
    clean: [
      more((s) => {
        cause(s, 'root', 'A table lock caused by the nightly migration.');
        cause(s, 'contributing', 'The nightly migration caused a table lock.');
      }),
      more((s) => {
        cause(s, 'root', 'The outage was caused by a full disk on one node.');
        cause(s, 'contributing', 'A slow rollback led to a longer recovery of orders.');
      }),
    ],
  },
};

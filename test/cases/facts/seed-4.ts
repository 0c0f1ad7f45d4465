import type { Expectation } from '../facts.ts';

/** Seed 4, web services overnight. */
export const seed4: Expectation = {
  scripts: ['seed-4'],
  facts: {
    'May 5, 2024, 15:00 UTC detected': ['5 May 2024 15:00 UTC', 'detected', 'Monitoring alerts'],
    '15:15 team notified': ['15:15 UTC', 'Engineering team notified'],
    '15:45 traffic assumption, scaling': ['15:45 UTC', 'traffic', 'scaling'],
    '17:30 deployment suspected, rollback': ['17:30 UTC', 'deployment suspected', 'rollback'],
    '20:00 senior engineering management': ['20:00 UTC', 'senior engineering management'],
    '22:00 root cause': ['22:00 UTC', 'cause', 'misconfiguration'],
    'May 6, 03:00 configuration reverted': ['6 May 2024 03:00 UTC', 'reverted'],
    'May 6, 09:00 fully restored': ['6 May 2024 09:00 UTC', 'fully restored'],
    '18 hours (1080 min)': ['| incident duration |', '18 h (1080 min)'],
    '12 h to mitigation': ['| time to mitigate |', '12 h'],
    '7 h to root cause': ['cause found', '7 h'],
    '80% of users': ['80%'],
    'two wrong hypotheses': ['wrong hypothesis', 'Recent code deployment'],
    'routine maintenance': ['routine maintenance'],
    'crosses midnight': ['Monday, 6 May 2024'],
    '5 actions': ['5 actions'],
  },
  computed: {
    timeToAcknowledge: { minutes: 15, row: ['| time to acknowledge |'] },
    timeToRootCause: { minutes: 420, row: ['impact started → cause found'] },
    rootCauseToMitigation: { minutes: 300, row: ['cause found → mitigated'] },
    timeToMitigate: { minutes: 720, row: ['| time to mitigate |'] },
    mitigationToResolved: { minutes: 360, row: ['mitigated → resolved'] },
  },
  questions: {
    'all users or 80%': ['all users', '80%', 'disagree'],
    '18 h of outage, 12 h of impact': ['(1080 min)', '(720 min)'],
    'complete unavailability although service was back': ['Complete unavailability', 'back'],
    'the maintenance is not timed': ['very minute at which it was detected'],
    'five hours from cause to revert': ['Nothing is recorded for 5 h'],
    'six hours to the end': ['Nothing is recorded for 6 h'],
    'a review within the review': ['asks for a review'],
    'nothing was told': ['No communication is recorded'],
    'severity is assumed': ['Assumed', 'severity'],
    'no due date': ['5 of 5 actions: no due date'],
  },
  outside: {
    'how long users felt it': ['Impact duration', '12 h (720 min)'],
    'how long it took': ['Incident duration', '18 h (1080 min)'],
    'how many': ['80% of our user base'],
  },
};

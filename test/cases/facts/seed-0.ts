import type { Expectation } from '../facts.ts';

const START = 'Production deployment started';
const DONE = 'Deployment completed successfully';

/** Seed 0, the LMS outage. */
export const seed0: Expectation = {
  scripts: ['seed-0'],
  facts: {
    'May 7, 2026': ['Date:', '7 May 2026'],
    '14:49 UTC deployment started': ['14:49 UTC', START],
    '15:16 UTC deployment completed': ['15:16 UTC', DONE],
    '15:55 UTC resolved': ['15:55 UTC', 'resolved', 'LMS restored'],
    save_user_state: ['save_user_state'],
    'database migrations failed': ['Database migrations', 'failed'],
    'network connection issue': ['network connection issue'],
    '500 errors': ['500 errors'],
    LMS: ['Service:', 'LMS'],
    're-running the migrations': [/fix/i, 're-run'],
    '39 minutes from deployment completed to restored': [DONE, /39 min/],
    '66 minutes from deployment start to restored': [START, /66 min/],
    'users in the US region': ['Users in the US region'],
    '4 preventive actions, none with owner or tracker': ['4 actions', '4 open'],
    'open question: when did the migrations fail / when was it discovered?': [
      'When did the impact start?',
      'Migration run failed',
    ],
  },
  computed: {
    deployStartToResolved: { minutes: 66, row: [START, /^\|/] },
    deployDoneToResolved: { minutes: 39, row: [DONE, /^\|/] },
    timeToDetect: { minutes: null, row: ['| time to detect |'] },
    timeToMitigate: { minutes: null, row: ['| time to mitigate |'] },
  },
  questions: {
    'IST is an hour early': ['7:19 PM IST is 13:49 UTC', '14:49 UTC'],
    'EST is not in force in May': ['EST is not in force', 'EDT'],
    'resolved was posted before the deployment': ['posted 79 min before', '145 min before'],
    'all users or those of one region': [
      'Users were unable',
      'Users in the US region',
      /disagree|which/i,
    ],
    'the 39 minutes have no start': ['39 min', 'cannot be compared'],
    'no time of detection': ['When was it detected'],
    'when the migrations started': ['Database migrations started', 'not recorded'],
    '“immediately” is no time': ['immediately'],
    'severity is assumed': ['Assumed', 'severity'],
    'year is assumed': ['Assumed', 'year'],
    'no owner': ['4 of 4 actions: no owner'],
    'no tracker': ['4 of 4 actions: no tracker'],
  },
  outside: {
    'what was affected': ['Affected: LMS'],
    'when it was over, in every zone': ['15:55 UTC', '21:25 IST', '11:55 EDT', '8 May 01:55 AEST'],
    'the cause': ['Root cause:', 'network connection issue'],
    'what prevents it': ['- Add verification steps'],
    'when it was posted': ['Posted 7 May 2026 13:30 UTC', '23:30 AEST'],
  },
};

/** The same instants in other zones, each on the line of its event. */
export const seed0Zones: readonly (readonly string[])[] = [
  ['14:49 UTC', '20:19 IST', '10:49 EDT', START],
  ['15:16 UTC', '20:46 IST', '11:16 EDT', DONE],
  ['15:55 UTC', '21:25 IST', '11:55 EDT', 'LMS restored'],
];

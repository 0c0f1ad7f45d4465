import type { Expectation } from '../facts.ts';

/** The LEAP hub. */
export const leap: Expectation = {
  scripts: ['leap'],
  facts: {
    '12 August 2025': ['Date:', '12 Aug'],
    '17:00 BST declared': ['17:00 BST', 'declared'],
    '17:15 community told': ['17:15 BST', 'LEAP community'],
    '17:32 uptime check failed (16:32 UTC)': ['17:32 BST', '16:32 UTC', 'Uptime check'],
    '17:32 communications duties handed over': ['17:32 BST', 'communications duties'],
    '17:37 first user reports': ['17:37 BST', 'First user reports'],
    '17:43 tech lead confirms': ['17:43 BST', 'Tech lead'],
    '17:51 redeployed': ['17:51 BST', 'prod redeployed'],
    '18:08 online': ['18:08 BST', 'declared online'],
    '18:11 resolved': ['18:11 BST', 'resolved'],
    '20:16 new reports after resolution': ['20:16 BST', 'Community representative'],
    '21:16 stable': ['21:16 BST', 'stabilises'],
    '200 Dask nodes': ['200 Dask nodes'],
    'no data lost': ['No data lost'],
    LEAP: ['Service:', 'LEAP'],
    NFS: ['NFS'],
    '68 min to online, 71 min to resolved': ['declared → resolved', '(71 min)'],
    'detected by the engineer 32 min before the alert': ['detected → first alert', '32 min'],
  },
  computed: {
    declaredToOnline: { minutes: 68, row: ['declared → mitigated'] },
    declaredToResolved: { minutes: 71, row: ['declared → resolved'] },
    declaredToAlert: { minutes: 32, row: ['detected → first alert'] },
    reopenedToStable: { minutes: 60, row: ['reopened', 'last entry'] },
    timeToMitigate: { minutes: null, row: ['| time to mitigate |'] },
    incidentDuration: { minutes: null, row: ['| incident duration |'] },
  },
  questions: {
    'no second resolution': ['no second resolution', 'open-ended'],
    'about one hour': ['stated as ~1 h'],
    'the deletion is not timed': ['When did the impact start?'],
    'the start is assumed': ['Assumed', 'start of the impact'],
    'severity is assumed': ['Assumed', 'severity'],
    'which guard was missing': ['by mistake', 'guard'],
    'no owner': ['3 of 5 actions: no owner'],
  },
  outside: {
    'it is not over': ['Not yet.', 'reopened once'],
    'what was said of data': ['No data lost.'],
    'the guard that was missing': ['Root cause:', 'without any visible cue'],
  },
};

import type { Expectation } from '../facts.ts';

const RELEASE = 'Application release containing the problematic migration script';
const QUERY = 'Problematic SQL query run';

const first: Expectation = {
  scripts: ['seed-1a'],
  facts: {
    'April 10, 2024': ['Date:', '10 Apr'],
    '13:57 release': ['13:57 CEST', RELEASE],
    '14:15 first reports': ['14:15 CEST', 'First reports'],
    '14:18 escalated': ['14:18 CEST', 'escalates to third line'],
    '14:22 PIC': ['14:22 CEST', 'PIC nudges'],
    '14:23 third line confirms': ['14:23 CEST', 'Third line confirms'],
    '14:31 rollback started': ['14:31 CEST', 'Rollback', 'started'],
    '14:38 rollback completed': ['14:38 CEST', 'Rollback completed'],
    '14:45 back online': ['14:45 CEST', 'back online'],
    'lead time stated 15 min, computed 16 min (14:15-14:31)': [
      '| lead time |',
      'stated 15 min',
      'computed 16 min',
    ],
    'correction time stated 15 min, computed 14 min (14:31-14:45)': [
      '| correction time |',
      'stated 15 min',
      'computed 14 min',
    ],
    '30 min from first report to recovery': ['detected → impact ended', '30 min'],
    '48 min from release to recovery': [RELEASE, '48 min'],
    'foreign key on measurements table': ['foreign key', 'measurements table'],
    'work around time N/A': ['| workaround time |', 'N/A'],
  },
  computed: {
    releaseToRestore: { minutes: 48, row: [RELEASE, /^\|/] },
    reportToRestore: { minutes: 30, row: ['| incident duration |'] },
    timeToDetectFromRelease: { minutes: 18, row: [RELEASE, /^\|/] },
    timeToAcknowledge: { minutes: 8, row: ['| time to acknowledge |'] },
    leadTime: { minutes: 16, row: ['| lead time |'] },
    correctionTime: { minutes: 14, row: ['| correction time |'] },
    timeToMitigate: { minutes: null, row: ['| time to mitigate |'] },
  },
  questions: {
    'impact start lies between release and reports': ['When did the impact start?'],
    'lead time 15 and 16': ['lead time', '15 min', '16 min'],
    'correction time 15 and 14': ['correction time', '15 min', '14 min'],
    'was there an alert': ['No alerts where missed', 'reported', 'no alert is recorded'],
    'N/A, but measurements could be sent again': ['No workaround', 'sent again'],
    'zone is assumed': ['Assumed', 'time zone'],
    'when was InStatus updated': ['InStatus', 'both issues'],
  },
  outside: {
    'who was affected': ['patients and clinicians'],
    'when it was seen': ['12:15 UTC', '14:15 CEST', 'Detected'],
    'what was done': ['What was done', 'redeployed'],
  },
};

const second: Expectation = {
  scripts: ['seed-1b'],
  facts: {
    'April 24, 2024': ['Date:', '24 Apr'],
    '10:51 SQL query': ['10:51 CEST', QUERY],
    '10:53 support informed': ['10:53 CEST', 'Support including third line'],
    '11:05 Instatus update': ['11:05 CEST', 'Instatus update posted'],
    '11:09 stable': ['11:09 CEST', 'Servers seem stable'],
    '11:13 cause found': ['11:13 CEST', 'Cause found'],
    'lead time stated 0 min; by definition unknown (no mitigation was started)': [
      '| lead time |',
      'unknown',
      'stated 0 min',
    ],
    'correction time stated 22 min = 10:51-11:13 (query to cause found); by definition unknown': [
      '| correction time |',
      'unknown',
      'stated 22 min',
      QUERY.slice(0, 20),
    ],
    '2 min from query to detection': [QUERY, /(?<!\d)2 min/],
    '18 min from query to stable': [QUERY, '18 min'],
    'measurements table locked 20 minutes': ['locked the measurements table', '20 minutes'],
    'open question: the report has no resolved event': ['the report ends with the cause'],
  },
  computed: {
    queryToStable: { minutes: 18, row: [QUERY, /^\|/] },
    queryToCauseFound: { minutes: 22, row: [QUERY, /^\|/] },
    timeToDetect: { minutes: 2, row: ['| time to detect |'] },
    leadTime: { minutes: null, row: ['| lead time |'] },
    correctionTime: { minutes: null, row: ['| correction time |'] },
  },
  questions: {
    'downtime 20 and 18': ['downtime', '20 min', '18 min'],
    'lead time 0 and unknown': ['lead time', '0 min', 'unknown'],
    'correction time 22 and unknown': ['correction time', '22 min', 'unknown'],
    'resolution is assumed': ['Assumed', 'resolution at 11:09'],
    '“seem stable” is no end': ['seem stable', 'When was that confirmed'],
    'one of the developers': ['one of the developers', 'which role'],
    'was there an alert': ['No alerts where missed'],
  },
  outside: {
    'how long': ['Impact duration', '18 min'],
    'when it was better': ['11:09 CEST', 'Mitigated'],
    'when it was posted': ['Posted 24 Apr 2024 09:05 UTC', 'update posted'],
  },
};

const both: Expectation = {
  scripts: ['seed-1'],
  facts: {
    'two incidents, April 10 and April 24, 2024': ['April 10, 2024', 'April 24, 2024'],
    'Prio 1': ['Priority:', 'Prio 1'],
    'Classification: High': ['Classification:', 'High'],
    '30 min and 20 min stated': ['30 minutes', '20 minutes'],
    '48 min and 22 min end to end by the timelines': [QUERY, '22 min'],
    'measurements table': ['measurements table'],
    'foreign key': ['foreign key'],
    'CAPA-2': ['CAPA-2', 'acceptance'],
    'CAPA-3 (5 actions)': ['CAPA-3: 5'],
    'CAPA-4 (2 actions)': ['CAPA-4: 2'],
    'DONE (1 action)': ['9 actions', '1 done'],
    '9 improvements in all': ['9 actions'],
    InStatus: ['InStatus'],
    'patients and clinicians': ['patients and clinicians'],
    'published 15 May 2024': [/published/i, '15 May 2024'],
  },
  computed: {},
  questions: {},
};

/** Seed 1, its two incidents and what the report says about both. */
export const seed1 = { first, second, both };

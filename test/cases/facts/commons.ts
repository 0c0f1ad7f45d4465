import type { Expectation } from '../facts.ts';

/** Wikimedia Commons. */
export const commons: Expectation = {
  scripts: ['commons'],
  facts: {
    '27 March 2019 16:55 UTC': ['27 Mar 2019 16:55 UTC', 'outage begins'],
    '18:43 first report': ['27 Mar 2019 18:43 UTC', 'First report'],
    '20:43 second report': ['27 Mar 2019 20:43 UTC', 'Second report'],
    '20:53 T219450': ['27 Mar 2019 20:53 UTC', 'T219450'],
    '28 March 11:26': ['28 Mar 2019 11:26 UTC', 'namespace-0'],
    '11:29 operations channel': ['28 Mar 2019 11:29 UTC', 'operations channel'],
    '12:02 revert': ['28 Mar 2019 12:02 UTC', 'revert'],
    'some 19 hours stated': ['| impact duration |', 'stated ~19 h'],
    '19 h 7 min (1147 min) computed': ['| impact duration |', '19 h 7 min (1147 min)'],
    '108 min to first user report': ['first report', '(108 min)'],
    '18 h 34 min until operations knew': ['acknowledged', '18 h 34 min'],
    '33 min from operations to fix': ['acknowledged → mitigated', '33 min'],
    'gallery namespace': ['gallery', 'namespace'],
    T219589: ['T219589'],
    'found by users, not monitoring': ['It was reported', 'no alert is recorded'],
  },
  computed: {
    timeToFirstReport: { minutes: 108, row: ['impact started → first report'] },
    timeToAcknowledge: { minutes: 1114, row: ['impact started → acknowledged'] },
    acknowledgeToFix: { minutes: 33, row: ['acknowledged → mitigated'] },
    total: { minutes: 1147, row: ['| incident duration |'] },
  },
  questions: {
    'the source prints another year': ['Assumed', '2017-03-27'],
    'about 19 hours': ['stated as ~19 h', '(1147 min)'],
    'nobody acted for hours': ['Nothing is recorded for 14 h 33 min'],
    'was there an alert': ['no alert is recorded'],
    'severity is assumed': ['Assumed', 'severity'],
    'no owner': ['3 of 3 actions: no owner'],
  },
  outside: {
    'how long': ['Impact duration', '(1147 min)'],
    'what users saw': ['gallery', 'could not be edited'],
    'since when': ['27 Mar 2019 16:55 UTC', 'Impact started'],
  },
};

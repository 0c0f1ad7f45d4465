import type { Entry } from '../entry.ts';
import type { Kind, MilestoneName } from '../words.ts';
import { is, isWrongHypothesis, type Telling } from './telling.ts';

const WORDS: Readonly<Record<Kind, string>> = {
  change: 'change',
  impact: 'impact',
  report: 'report',
  alert: 'alert',
  detected: 'detected',
  acknowledged: 'acknowledged',
  escalation: 'escalation',
  hypothesis: 'hypothesis',
  'dead-end': 'wrong hypothesis',
  action: 'action',
  failed: 'failed action',
  mitigation: 'mitigation',
  cause: 'cause',
  recovered: 'recovery',
  monitoring: 'monitoring',
  comms: 'communication',
  decision: 'decision',
  note: 'note',
};

/** A milestone says more than the kind its entry has by itself. */
const IMPLIED: Readonly<Record<MilestoneName, readonly Kind[]>> = {
  declared: [],
  'impact started': ['impact'],
  'impact ended': ['recovered'],
  detected: ['detected'],
  acknowledged: ['acknowledged'],
  'cause found': ['cause'],
  mitigated: ['mitigation'],
  resolved: ['recovered'],
  reopened: [],
  closed: [],
};

/** What an entry was, in words: `detected, user report`, `wrong hypothesis, failed action`. */
export function kindWords(telling: Telling, entry: Entry): string {
  const marks = telling.marksOf.get(entry.no) ?? [];
  const implied = new Set(marks.flatMap((name) => IMPLIED[name]));
  const kinds = entry.kinds.filter((kind) => !implied.has(kind) && kind !== 'note');
  const words = [...marks, ...kindsSaid(entry, kinds), ...detailWords(entry)];
  return [...new Set(words)].join(', ');
}

function kindsSaid(entry: Entry, kinds: readonly Kind[]): readonly string[] {
  const failed = is(entry, 'failed');
  // What failed is named once: a failed action, a failed mitigation.
  const unsaid: readonly Kind[] = [
    ...(failed ? (['action'] as const) : []),
    ...(failed && is(entry, 'mitigation') ? (['failed'] as const) : []),
    ...(entry.detail?.type === 'comms' ? (['comms'] as const) : []),
    ...(entry.detail?.type === 'restored' ? (['recovered'] as const) : []),
  ];
  return kinds
    .filter((kind) => !unsaid.includes(kind))
    .map((kind) => {
      if (kind === 'hypothesis' && isWrongHypothesis(entry)) return 'wrong hypothesis';
      return kind === 'mitigation' && failed ? 'failed mitigation' : WORDS[kind];
    });
}

/** What Muster knows about an entry besides its kinds. */
function detailWords({ detail }: Entry): readonly string[] {
  switch (detail?.type) {
    case 'comms':
      return [`${detail.audience} communication`];
    case 'update':
      return ['status update'];
    case 'restored':
      return ['partial recovery'];
    case 'status':
      return [`status ${detail.to}`];
    case 'severity':
      return ['severity'];
    case 'role':
      return [detail.previous === null ? 'role' : 'hand-over'];
    case 'page':
    case 'ping':
    case 'on call':
      return ['escalation'];
    case 'timer':
      return ['timer'];
    case 'cancelled':
      return ['cancelled'];
    case 'effect':
      return ['impact'];
    case 'cause':
      return [`${detail.role} cause`];
    case 'fix':
      return ['fix'];
    case 'workaround':
      return ['workaround'];
    default:
      return [];
  }
}

import type { Detail, Entry } from '../entry.ts';
import type { Instant } from '../instant.ts';
import { is, type Telling } from '../postmortem/telling.ts';
import { isAfterwards } from '../timers/index.ts';
import type { Kind, MilestoneName } from '../words.ts';

/** The rows that entries stand in, from top to bottom. */
export const LANES = [
  { id: 'signs', title: 'Signs' },
  { id: 'causes', title: 'Causes' },
  { id: 'actions', title: 'Actions' },
  { id: 'comms', title: 'Comms' },
  { id: 'notes', title: 'Notes' },
  { id: 'pings', title: 'Pings' },
] as const;
export type LaneId = (typeof LANES)[number]['id'];

/** How an entry is drawn, and what that says in words: colour alone says nothing. */
export const SIGNS = {
  sign: 'impact, report, alert',
  change: 'change',
  hypothesis: 'hypothesis',
  cause: 'cause',
  action: 'action',
  failed: 'failed or wrong',
  comms: 'communication',
  note: 'note',
  ping: 'ping',
  timer: 'timer',
  acknowledged: 'acknowledged',
} as const satisfies Readonly<Record<string, string>>;
export type Sign = keyof typeof SIGNS;

/** One entry in the picture. */
export interface Mark {
  readonly entry: number;
  readonly at: Instant;
  readonly approximate: boolean;
  readonly lane: LaneId;
  readonly sign: Sign;
  readonly text: string;
  readonly milestones: readonly MilestoneName[];
}

/** Every entry of the timeline that has a time, in order of it. */
export const marksOf = (telling: Telling): readonly Mark[] =>
  telling.timeline
    .flatMap((entry) => markOf(telling, entry))
    .sort((a, b) => a.at - b.at || a.entry - b.entry);

function markOf(telling: Telling, entry: Entry): Mark[] {
  const { no, at, time, text } = entry;
  if (at === null || isAside(entry.detail)) return [];
  const milestones = telling.marksOf.get(no) ?? [];
  return [
    {
      entry: no,
      at,
      approximate: time?.flags.includes('approximate') ?? false,
      ...placeOf(entry, milestones),
      text,
      milestones,
    },
  ];
}

/** Reminders of what is to be done afterwards, who a ping turned out to be for, and the channel's own life are no events. */
const isAside = (detail: Detail | null): boolean =>
  detail?.type === 'on call' ||
  detail?.type === 'channel' ||
  (detail?.type === 'timer' && isAfterwards(detail.timer));

type Place = Pick<Mark, 'lane' | 'sign'>;

const BY_DETAIL: { readonly [T in Detail['type']]?: Place } = {
  ping: { lane: 'pings', sign: 'ping' },
  page: { lane: 'pings', sign: 'ping' },
  timer: { lane: 'pings', sign: 'timer' },
  decayed: { lane: 'pings', sign: 'timer' },
  snoozed: { lane: 'pings', sign: 'timer' },
  acknowledged: { lane: 'pings', sign: 'acknowledged' },
  comms: { lane: 'comms', sign: 'comms' },
  update: { lane: 'comms', sign: 'comms' },
  effect: { lane: 'signs', sign: 'sign' },
  cause: { lane: 'causes', sign: 'cause' },
};

/** The first that an entry has decides. */
const BY_KIND: readonly (readonly [Kind, Place])[] = [
  ['dead-end', { lane: 'causes', sign: 'failed' }],
  ['acknowledged', { lane: 'pings', sign: 'acknowledged' }],
  ['cause', { lane: 'causes', sign: 'cause' }],
  ['hypothesis', { lane: 'causes', sign: 'hypothesis' }],
  ['change', { lane: 'causes', sign: 'change' }],
  ['failed', { lane: 'actions', sign: 'failed' }],
  ['mitigation', { lane: 'actions', sign: 'action' }],
  ['action', { lane: 'actions', sign: 'action' }],
  ['recovered', { lane: 'actions', sign: 'action' }],
  ['detected', { lane: 'signs', sign: 'sign' }],
  ['alert', { lane: 'signs', sign: 'sign' }],
  ['report', { lane: 'signs', sign: 'sign' }],
  ['impact', { lane: 'signs', sign: 'sign' }],
  ['comms', { lane: 'comms', sign: 'comms' }],
  ['escalation', { lane: 'comms', sign: 'comms' }],
];

const BY_MILESTONE: { readonly [M in MilestoneName]?: Place } = {
  acknowledged: { lane: 'pings', sign: 'acknowledged' },
  'cause found': { lane: 'causes', sign: 'cause' },
  mitigated: { lane: 'actions', sign: 'action' },
  'impact ended': { lane: 'actions', sign: 'action' },
  'impact started': { lane: 'signs', sign: 'sign' },
  detected: { lane: 'signs', sign: 'sign' },
};

/** Where an entry stands: what Muster knows of it, else what it was tagged as, else its milestone. */
function placeOf(entry: Entry, milestones: readonly MilestoneName[]): Place {
  const known = entry.detail === null ? undefined : BY_DETAIL[entry.detail.type];
  if (known !== undefined) return known;
  if (is(entry, 'hypothesis') && is(entry, 'failed')) return { lane: 'causes', sign: 'failed' };
  const tagged = BY_KIND.find(([kind]) => is(entry, kind))?.[1];
  if (tagged !== undefined) return tagged;
  const pointed = milestones.flatMap((name) => BY_MILESTONE[name] ?? [])[0];
  return pointed ?? { lane: 'notes', sign: 'note' };
}

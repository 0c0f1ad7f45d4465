import { counted } from '../counted.ts';
import { incidentName } from '../incident.ts';
import { MINUTE } from '../instant.ts';
import type { Line } from '../text.ts';
import { planTimers } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import { dueLabel } from '../views/phrases.ts';
import { type Check, overall, type Symptom } from './check.ts';
import type { Facts, OpenIncident } from './facts.ts';
import { roughly } from './words.ts';

/** A sweep comes every second; one that has not finished for this long is stuck. */
export const SWEEP_STALLED_MS = 15_000;
/** A replica reports every few seconds; one that is silent for so long is killed or hangs. */
const SILENT_MS = MINUTE;
const CLOCKS_APART_MS = 5000;
const DISK_LEFT = 300 * 1024 ** 2;

/** Rows that the plan would change, for an incident that is going on. */
const planned = ({ incident, timers }: OpenIncident, { record, settings }: Facts) =>
  planTimers(incident, timers, { now: record?.asOf ?? 0, settings, newId: () => 'planned' });

const isRunning = (rows: readonly Timer[], name: string): boolean =>
  rows.some((row) => row.name === name && row.state === 'pending');

/** Imported, and nobody has changed it since. */
const rests = ({ timers }: OpenIncident): boolean =>
  timers.some(({ state }) => state === 'resting');

/** Clocks of the open incidents whose rows are not as planned. */
const clocks = (
  facts: Facts,
  which: (row: Timer, rows: readonly Timer[]) => boolean,
  says: (names: string) => string,
): Symptom[] =>
  (facts.record?.open ?? []).flatMap((one) => {
    if (rests(one)) return [];
    const rows = planned(one, facts).filter((row) => which(row, one.timers));
    if (rows.length === 0) return [];
    const names = rows.map(({ name }) => `“${dueLabel(name)}”`).join(', ');
    const { incident } = one;
    return [
      { subject: incident.id, incident, says: [`${incidentName(incident)}: ${says(names)}.`] },
    ];
  });

const apart = (ms: number, whose: string, than: string): Line => [
  `${whose} clock is ${roughly(ms)} ${ms > 0 ? 'ahead of' : 'behind'} ${than}.`,
];

/** Timers, the sweep that fires them, and the clocks they are read from. */
export const machinery: readonly Check[] = [
  {
    name: 'database',
    title: 'PostgreSQL does not answer',
    weight: 'broken',
    watched: true,
    means: 'Nothing can be recorded and no timer fires until it is back.',
    repair: 'Bring PostgreSQL back; Muster reconnects by itself.',
    repairs: [],
    find: ({ record }) => (record === null ? overall('It refused or hung at the last look.') : []),
  },
  {
    name: 'overdue-timers',
    title: 'Overdue timers',
    weight: 'broken',
    watched: true,
    means: 'Somebody who should have been pinged was not.',
    repair: 'Fire them now; if they stay, look for “sweep failed” in the log and restart Muster.',
    repairs: [{ how: 'fire', label: 'Fire them now' }],
    find: ({ record }) => {
      const { count, oldestMs } = record?.overdue ?? { count: 0, oldestMs: 0 };
      if (count === 0) return [];
      const are = count === 1 ? 'is' : 'are';
      return overall(
        `${counted(count, 'timer')} ${are} due and did not fire, the oldest `,
        {
          type: 'bold',
          text: roughly(oldestMs),
        },
        ' ago.',
      );
    },
  },
  {
    name: 'missing-clocks',
    title: 'Clocks that should run and do not',
    weight: 'broken',
    means: 'Nobody would be reminded or pinged by them.',
    repair: 'Plan the incident’s clocks anew.',
    repairs: [{ how: 'plan', label: 'Plan anew' }],
    find: (facts) =>
      clocks(
        facts,
        ({ name, state }, rows) => state === 'pending' && !isRunning(rows, name),
        (names) => `${names} should be running`,
      ),
  },
  {
    name: 'outdated-clocks',
    title: 'Clocks planned by an older configuration',
    weight: 'hint',
    means: 'They run as they were planned, until something changes in the incident.',
    repair: 'Plan the incident’s clocks anew, if the new configuration is to hold at once.',
    repairs: [{ how: 'plan', label: 'Plan anew' }],
    find: (facts) =>
      clocks(
        facts,
        ({ name, state }, rows) => state !== 'pending' || isRunning(rows, name),
        (names) => `${names} would be planned otherwise today`,
      ),
  },
  {
    name: 'resting-clocks',
    title: 'Imported incidents whose clocks stand still',
    weight: 'hint',
    means: 'Nobody is reminded or pinged by them until somebody changes the incident.',
    repair: 'If it is still going on, start its clocks; what is overdue then fires at once.',
    repairs: [
      {
        how: 'plan',
        label: 'Start the clocks',
        asks: 'What is overdue fires at once, and may ping people.',
      },
    ],
    find: ({ record }) =>
      (record?.open ?? []).filter(rests).map(({ incident }) => ({
        subject: incident.id,
        incident,
        says: [`${incidentName(incident)} was imported while it was ${incident.status}.`],
      })),
  },
  {
    name: 'stalled-sweep',
    title: 'Stalled sweep',
    weight: 'broken',
    watched: true,
    means: 'This replica fires no timers; where it is the only one, nobody does.',
    repair: 'Restart that replica, and keep its log.',
    repairs: [],
    find: ({ process, record }) => {
      const others = (record?.replicas ?? []).filter(
        ({ seenAgoMs, sweptAgoMs }) => seenAgoMs < SILENT_MS && sweptAgoMs > SWEEP_STALLED_MS,
      );
      if (others.length > 0)
        return others.map(({ name, sweptAgoMs }) => ({
          subject: name,
          incident: null,
          says: [`The replica ${name} finished its last sweep ${roughly(sweptAgoMs)} ago.`],
        }));
      return process.sweptAgoMs > SWEEP_STALLED_MS
        ? overall(`The last sweep finished ${roughly(process.sweptAgoMs)} ago.`)
        : [];
    },
  },
  {
    name: 'silent-replica',
    title: 'A replica that fell silent',
    weight: 'hint',
    means: 'It was killed or hangs; the others do its work.',
    repair: 'See why it ended. It is forgotten ten minutes after its last word.',
    repairs: [],
    find: ({ record }) =>
      (record?.replicas ?? [])
        .filter(({ seenAgoMs }) => seenAgoMs >= SILENT_MS)
        .map(({ name, seenAgoMs }) => ({
          subject: name,
          incident: null,
          says: [`${name} was last heard of ${roughly(seenAgoMs)} ago.`],
        })),
  },
  {
    name: 'database-clock',
    title: 'PostgreSQL’s clock is not this machine’s',
    weight: 'degraded',
    means: 'Timers follow PostgreSQL: if its clock is the wrong one, pings come early or late.',
    repair: 'Let both machines take their time from NTP.',
    repairs: [],
    find: ({ record }) =>
      record !== null && Math.abs(record.aheadMs) > CLOCKS_APART_MS
        ? overall(...apart(record.aheadMs, 'PostgreSQL’s', 'this machine’s'))
        : [],
  },
  {
    name: 'slack-clock',
    title: 'PostgreSQL’s clock is not Slack’s',
    weight: 'degraded',
    means: 'Messages that are added to the timeline stand at another time than commands.',
    repair: 'Let the machine of PostgreSQL take its time from NTP.',
    repairs: [],
    find: ({ record, process: { slackAheadMs } }) => {
      if (record === null || slackAheadMs === null) return [];
      const ms = record.aheadMs - slackAheadMs;
      return Math.abs(ms) > CLOCKS_APART_MS ? overall(...apart(ms, 'PostgreSQL’s', 'Slack’s')) : [];
    },
  },
  {
    name: 'disk-low',
    title: 'The disk is nearly full',
    weight: 'broken',
    means: 'The embedded PostgreSQL stops writing when nothing is left.',
    repair: 'Free some space where DATA_DIR is.',
    repairs: [],
    find: ({ process: { diskFreeBytes } }) =>
      diskFreeBytes !== null && diskFreeBytes < DISK_LEFT
        ? overall(`${Math.floor(diskFreeBytes / 1024 ** 2)} MB are left.`)
        : [],
  },
];

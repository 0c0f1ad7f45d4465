import { counted } from '../counted.ts';
import { incidentName } from '../incident.ts';
import type { Check, Symptom } from './check.ts';
import { overall } from './check.ts';
import type { LostDelivery, StaleDelivery } from './facts.ts';
import { because, deliveryLine, nameOrPrivate, roughly, tallied } from './words.ts';

const KINDS = 4;

/** Why the oldest of them does not go: asked to wait, or tried and refused, or not even tried. */
function why({ gate, attempts, error }: StaleDelivery): string {
  if (gate !== null) return `Muster waits on purpose${because(gate)}.`;
  if (attempts > 0) return `It was tried ${counted(attempts, 'time')}${because(error)}.`;
  return 'It was not tried yet.';
}

/** Deliveries by incident; those of no incident, such as answers, together. */
function perIncident(rows: readonly LostDelivery[]): Map<string, LostDelivery[]> {
  const groups = new Map<string, LostDelivery[]>();
  for (const row of rows) {
    const subject = row.incident?.id ?? '';
    groups.set(subject, [...(groups.get(subject) ?? []), row]);
  }
  return groups;
}

/** One symptom for each incident: what of it is lost, and why. */
const lost = (rows: readonly LostDelivery[], were: string): Symptom[] =>
  [...perIncident(rows)].map(([subject, group]) => {
    const [first] = group;
    const incident = first?.incident ?? null;
    const errors = [...new Set(group.flatMap(({ error }) => error ?? []))].slice(0, KINDS);
    return {
      subject,
      incident,
      says: [
        incident === null ? 'For no incident: ' : `${incidentName(incident)}: `,
        ...tallied(group.map(deliveryLine), KINDS),
        `, ${were}${because(errors.join(', '))}.`,
      ],
    };
  });

const DROP = 'They are never said, then. This cannot be taken back.';

/** What is still to be said in Slack, and what is not said any more. */
export const deliveries: readonly Check[] = [
  {
    name: 'stale-deliveries',
    title: 'Deliveries that wait',
    weight: 'broken',
    watched: true,
    means: 'Pings and messages come late, or not at all while it lasts.',
    repair: 'Mend what the reason names; Muster tries again by itself, or at once when asked.',
    repairs: [{ how: 'try', label: 'Try again now' }],
    find: ({ record }) => {
      const [oldest] = record?.stale ?? [];
      if (record === null || oldest === undefined) return [];
      const whose = oldest.incident === null ? '' : ` of ${nameOrPrivate(oldest.incident)}`;
      return overall(
        `${counted(record.stale.length, 'line')} of deliveries ${record.stale.length === 1 ? 'waits' : 'wait'}: the oldest is `,
        ...deliveryLine(oldest),
        `${whose}, for ${roughly(oldest.ageMs)}. ${why(oldest)}`,
      );
    },
  },
  {
    name: 'given-up',
    title: 'Deliveries given up',
    weight: 'degraded',
    watched: true,
    means: 'They were refused for good, so somebody was not told.',
    repair: 'Mend what the reason names, then send them again; or let them go.',
    repairs: [
      { how: 'send', label: 'Send again' },
      { how: 'drop', label: 'Let them go', asks: DROP },
    ],
    find: ({ record }) =>
      lost(
        (record?.givenUp ?? []).filter(
          ({ type }) => type !== 'invite' && type !== 'create channel',
        ),
        'not delivered',
      ),
  },
  {
    name: 'held-back',
    title: 'Deliveries held back',
    weight: 'degraded',
    means:
      'Muster was away for long, or its database was restored: what was still to be said may be out of date.',
    repair: 'Send them after all (Muster looks first whether Slack has them), or let them go.',
    repairs: [
      { how: 'release', label: 'Send them' },
      { how: 'drop', label: 'Let them go', asks: DROP },
    ],
    find: ({ record }) => lost(record?.held ?? [], 'held back at the start'),
  },
  {
    name: 'uninvited',
    title: 'People who were not invited',
    weight: 'degraded',
    means: 'They are not in the incident’s channel.',
    repair: 'Invite them again, or by hand with Slack’s /invite.',
    repairs: [
      { how: 'invite', label: 'Invite again' },
      { how: 'drop', label: 'Let it go', asks: 'Nobody is invited, then.' },
    ],
    find: ({ record }) =>
      lost(
        (record?.givenUp ?? []).filter(({ type }) => type === 'invite'),
        'not done',
      ),
  },
  {
    name: 'stuck-drafts',
    title: 'Drafts that do not come',
    weight: 'degraded',
    means: 'The postmortem’s draft was asked for and could not be written.',
    repair:
      'Have it written again; if it fails again, send the log of “draft failed” to whoever maintains your Muster, or open an issue with it.',
    repairs: [{ how: 'compose', label: 'Write it now' }],
    find: ({ record }) =>
      (record?.drafts ?? []).map(({ incident, attempts, error }) => ({
        subject: incident.id,
        incident,
        says: [`${incidentName(incident)}: tried ${counted(attempts, 'time')}${because(error)}.`],
      })),
  },
];

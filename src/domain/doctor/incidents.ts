import { isAnnounced } from '../decide/announcing.ts';
import { type Incident, incidentName } from '../incident.ts';
import { MINUTE } from '../instant.ts';
import type { Check, Symptom } from './check.ts';
import type { Facts, OpenIncident } from './facts.ts';
import { because } from './words.ts';

/** What takes longer than this to be made is not under way any more. */
const HALF_MADE_MS = 2 * MINUTE;

const halfMade = (
  { record }: Facts,
  is: (one: OpenIncident) => boolean,
  says: (one: OpenIncident) => string,
): Symptom[] =>
  (record?.open ?? [])
    .filter(({ incident }) => (record?.asOf ?? 0) - incident.openedAt > HALF_MADE_MS)
    .filter(is)
    .map((one) => ({
      subject: one.incident.id,
      incident: one.incident,
      says: [`${incidentName(one.incident)} ${says(one)}`],
    }));

/** Why Slack did not make the channel, where it is known. */
const reasonOf = ({ incident }: OpenIncident, { record }: Facts): string | null =>
  record?.givenUp.find(
    ({ type, incident: whose }) => type === 'create channel' && whose?.id === incident.id,
  )?.error ?? null;

/** How a channel is shut that was there before. */
const SHUT: { readonly [S in Incident['channel']['state']]?: string } = {
  archived: 'its channel is archived',
  deleted: 'its channel is deleted',
  left: 'Muster is not in its channel any more',
};

/** Incidents of which Slack shows only a part. */
export const incidents: readonly Check[] = [
  {
    name: 'no-channel',
    title: 'Incidents without a channel',
    weight: 'broken',
    means: 'Nobody can work in it; what was to be said there waits. Direct messages went out.',
    repair: 'Make the channel again, once Slack allows Muster to.',
    repairs: [{ how: 'make', label: 'Make the channel' }],
    find: (facts) =>
      halfMade(
        facts,
        ({ incident }) => incident.channel.id === null,
        (one) =>
          one.incident.channel.state === 'failed'
            ? `got no channel${because(reasonOf(one, facts))}.`
            : 'still waits for its channel.',
      ),
  },
  {
    name: 'no-card',
    title: 'Incidents without a card',
    weight: 'degraded',
    means: 'The channel shows neither status nor buttons.',
    repair: 'Post the card again.',
    repairs: [{ how: 'post', label: 'Post the card' }],
    find: (facts) =>
      halfMade(
        facts,
        ({ incident, card }) => incident.channel.state === 'ready' && card === 'missing',
        () => 'has a channel but no card in it.',
      ),
  },
  {
    name: 'channel-shut',
    title: 'Incidents whose channel is shut',
    weight: 'broken',
    means: 'What would be said in the channel goes to whoever leads the incident, directly.',
    repair:
      'Open it again. Where Slack does not let Muster, a person unarchives it, or types /invite @muster there; or make a new one.',
    repairs: [
      { how: 'reach', label: 'Open the channel again' },
      { how: 'make', label: 'Make a new channel' },
    ],
    find: ({ record }) =>
      (record?.open ?? []).flatMap(({ incident }): Symptom[] => {
        const shut = SHUT[incident.channel.state];
        if (shut === undefined) return [];
        const says = [`${incidentName(incident)} goes on, but ${shut}.`];
        return [{ subject: incident.id, incident, says }];
      }),
  },
  {
    name: 'not-announced',
    title: 'Incidents that are not announced',
    weight: 'degraded',
    means: 'Whoever reads the channel for announcements does not know of them.',
    repair: 'Announce them, once Muster may write in that channel.',
    repairs: [{ how: 'announce', label: 'Announce it' }],
    find: (facts) =>
      halfMade(
        facts,
        ({ incident, announcement }) =>
          announcement === 'missing' && isAnnounced(incident, facts.settings),
        () => 'is not announced.',
      ),
  },
];

import { counted } from '../counted.ts';
import { inZone, MINUTE, type Zone } from '../instant.ts';
import { lengthOf } from '../postmortem/phrases.ts';
import { formatLength } from '../time/format.ts';
import { oneLine } from '../views/phrases.ts';
import { LANES } from './lanes.ts';
import type { PictureStory, ShownMilestone } from './story.ts';

/** Slack takes no longer description of a picture. */
const LONGEST = 1000;

/** What the picture shows, in words: for whoever cannot see it, or has not opened it. */
export function pictureWords(story: PictureStory): string {
  const [zone = 'UTC'] = story.zones;
  const sentences = [
    `${story.name} as a picture, times in ${zone}.`,
    milestoneSentence(story, zone),
    unknownSentence(story),
    ...impactSentences(story),
    entriesSentence(story),
  ];
  return oneLine(sentences.filter((sentence) => sentence !== '').join(' '), LONGEST);
}

const spoken = ({ name, round }: ShownMilestone): string =>
  round === 0 || name === 'reopened' ? name : `${name} (round ${round + 1})`;

function milestoneSentence({ milestones }: PictureStory, zone: Zone): string {
  const known = milestones
    .flatMap((one) => (one.at === null ? [] : [{ at: one.at, one }]))
    .sort((a, b) => a.at - b.at);
  let day = '';
  const parts = known.map(({ at, one }) => {
    const there = inZone(at, zone);
    const today = there.toFormat('d LLL yyyy');
    const clock = there.toFormat(today === day ? 'HH:mm' : 'd LLL yyyy HH:mm');
    day = today;
    return `${spoken(one)} ${one.approximate ? '~' : ''}${clock}`;
  });
  return parts.length === 0 ? '' : sentence(parts.join(', '));
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function unknownSentence({ milestones }: PictureStory): string {
  const unknown = milestones.filter(({ at }) => at === null).map(spoken);
  return unknown.length === 0 ? '' : `Time not recorded: ${unknown.join(', ')}.`;
}

function impactSentences({ bands }: PictureStory): readonly string[] {
  const [impact] = bands;
  return (impact?.stretches ?? []).flatMap(({ from, to, open }) => {
    if (from === null || to === null) return [];
    return [`Impact ${lengthOf(to - from)}${open ? ' so far' : ''}.`];
  });
}

function entriesSentence({ marks, untimed }: PictureStory): string {
  const lanes = LANES.flatMap(({ id, title }) => {
    const count = marks.filter(({ lane }) => lane === id).length;
    return count === 0 ? [] : [`${title.toLowerCase()} ${count}`];
  });
  const without = untimed.length === 0 ? '' : `, and ${untimed.length} without a time`;
  const all = counted(marks.length, 'entry', 'entries');
  return `${all}${lanes.length === 0 ? '' : `: ${lanes.join(', ')}`}${without}.`;
}

/** A length of time as the picture writes it: `40 s`, `16 min`, `3 days 2 h`. */
export const shortLength = (ms: number): string =>
  ms < MINUTE ? `${Math.round(ms / 1000)} s` : formatLength(ms);

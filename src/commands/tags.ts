import { isKind, type Kind } from '../domain/words.ts';
import { trailingChannel } from './slack-tokens.ts';
import { lastWord } from './words-in.ts';

/** Inflections of the kinds that people type by habit. */
const INFLECTIONS: Readonly<Record<string, Kind>> = {
  changes: 'change',
  changed: 'change',
  impacts: 'impact',
  reports: 'report',
  reported: 'report',
  alerts: 'alert',
  alerted: 'alert',
  detect: 'detected',
  detection: 'detected',
  ack: 'acknowledged',
  acked: 'acknowledged',
  acknowledge: 'acknowledged',
  acknowledgement: 'acknowledged',
  escalate: 'escalation',
  escalated: 'escalation',
  hypo: 'hypothesis',
  hypotheses: 'hypothesis',
  deadend: 'dead-end',
  dead_end: 'dead-end',
  actions: 'action',
  fail: 'failed',
  failure: 'failed',
  mitigate: 'mitigation',
  mitigated: 'mitigation',
  mitigating: 'mitigation',
  causes: 'cause',
  recovery: 'recovered',
  recovering: 'recovered',
  monitor: 'monitoring',
  communication: 'comms',
  decisions: 'decision',
  decided: 'decision',
  notes: 'note',
};

/** The kind that a tag names, in any case or inflection; null when it names none. */
export function kindNamed(tag: string): Kind | null {
  const word = tag.toLowerCase().replace(/[–—]/g, '-');
  if (isKind(word)) return word;
  return Object.hasOwn(INFLECTIONS, word) ? (INFLECTIONS[word] ?? null) : null;
}

/** A text with the tags taken off its end, each under the name it was typed with. */
export interface Tagged<T extends string> {
  readonly text: string;
  readonly tags: readonly T[];
}

/**
 * Takes the trailing tags off a text: `#cause`, `+cause`, or a channel of that name.
 *
 * Only a run of tags at the very end counts; unknown ones among them stay text.
 */
export function splitTags<T extends string>(
  text: string,
  named: (tag: string) => T | null,
): Tagged<T> {
  const tags: T[] = [];
  const unknown: string[] = [];
  let before = text.trim();
  for (let tag = lastTag(before); tag !== null; tag = lastTag(before)) {
    const name = named(tag.name);
    if (name === null) unknown.unshift(tag.typed);
    else if (!tags.includes(name)) tags.unshift(name);
    before = tag.before;
  }
  // Nothing was taken out: the text is returned as it was, to the last space.
  if (tags.length === 0) return { text: text.trim(), tags };
  return { text: [before.trimEnd(), ...unknown].filter((part) => part !== '').join(' '), tags };
}

function lastTag(text: string): { name: string; typed: string; before: string } | null {
  const channel = trailingChannel(text);
  if (channel !== null && /(^|\s)$/.test(channel.before)) {
    const before = channel.before.trimEnd();
    return { name: channel.name, typed: text.trimEnd().slice(channel.before.length), before };
  }
  const { before, word } = lastWord(text);
  const [, name] = /^[#+＃＋]([\p{L}\p{N}_–—-]+)$/u.exec(word) ?? [];
  return name === undefined ? null : { name, typed: word, before };
}

/** A text and the kinds its trailing tags name. */
export function splitKinds(text: string): { text: string; kinds: readonly Kind[] } {
  const { text: rest, tags } = splitTags(text, kindNamed);
  return { text: rest, kinds: tags };
}

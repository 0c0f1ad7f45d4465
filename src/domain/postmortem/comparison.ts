import type { Entry } from '../entry.ts';
import { MINUTE } from '../instant.ts';
import type { Kind } from '../words.ts';
import { isTyped } from './check.ts';
import type { Moment } from './draft.ts';
import { metricNamed } from './metrics.ts';
import { brief, lengthOf, quoted } from './phrases.ts';
import { type Found, found, is, momentOf, type Telling } from './telling.ts';

/** A figure that somebody published, held against the computed one. */
export interface Comparison {
  readonly entry: Found<'stated'>;
  readonly verdict: 'same' | 'differs' | 'cannot';
  /** What is printed beside the computed figure. */
  readonly text: string;
  /** What is asked where the two do not agree. */
  readonly question: string;
}

const minutes = (ms: number): number => Math.round(ms / MINUTE);

/** Every published figure of an incident with what the record says. */
export const comparisonsOf = (telling: Telling): readonly Comparison[] =>
  found(telling, 'stated').map((entry) => compare(telling, entry));

function compare(telling: Telling, entry: Found<'stated'>): Comparison {
  const { metric, ms } = entry.detail.stated;
  const name = brief(metric, 80);
  const published = publishedAs(entry);
  const rule = metricNamed(metric);
  const between = matches(telling, ms);
  const answer = (verdict: Comparison['verdict'], said: string, asked: string): Comparison => ({
    entry,
    verdict,
    text: `stated ${published}; ${said}${verdict === 'same' || between === '' ? '' : `; ${between}`}`,
    question: `“${name}” is stated as ${published}, ${asked}.${between === '' ? '' : ` ${capital(between)}.`} Which is right?`,
  });
  if (rule === undefined) {
    const why = `cannot be compared: “${name}” is none of the figures above`;
    return answer('cannot', why, `and ${why}`);
  }
  const figure = rule.compute(telling);
  const meant = `${rule.name} (${rule.definition})`;
  if (!figure.known) {
    if (ms === null) {
      const too =
        figure.none === true ? 'the record says so too' : 'the computed figure is unknown too';
      return answer('same', too, '');
    }
    const cannot = 'cannot be compared: the computed figure is';
    return figure.none === true
      ? answer('differs', `${cannot} N/A`, `but for ${meant} the record says that ${figure.reason}`)
      : answer(
          'cannot',
          `${cannot} unknown`,
          `and cannot be compared, because ${meant} is unknown: ${figure.reason}`,
        );
  }
  const computed = lengthOf(figure.ms);
  if (ms === null) return answer('differs', `computed ${computed}`, `but ${meant} is ${computed}`);
  const difference = minutes(ms) - minutes(figure.ms);
  if (difference === 0) return answer('same', `computed ${computed}; no difference`, '');
  const by = `${lengthOf(Math.abs(difference) * MINUTE)} ${difference > 0 ? 'longer' : 'shorter'}`;
  return answer(
    'differs',
    `computed ${computed}; stated is ${by}`,
    `but ${meant} is computed as ${computed}: the stated figure is ${by}`,
  );
}

/** `~39 min`: a figure that was published as approximate stays so. */
export function publishedAs({ text, detail }: Found<'stated'>): string {
  const { metric, ms } = detail.stated;
  if (ms === null) return 'N/A';
  const about = /^:\s*(?:[~≈]|ca\b)/i.test(text.slice(metric.length)) ? '~' : '';
  return `${about}${lengthOf(ms)}`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Which recorded moments lie exactly as far apart as the figure says. */
function matches(telling: Telling, ms: number | null): string {
  if (ms === null || ms === 0) return '';
  const moments = anchors(telling);
  const pairs: string[] = [];
  for (const [place, from] of moments.entries()) {
    for (const to of moments.slice(place + 1)) {
      if (minutes(to.at) - minutes(from.at) === minutes(ms)) {
        pairs.push(`${named(telling, from)} and ${named(telling, to)}`);
      }
    }
  }
  if (pairs.length === 0) return 'no two recorded moments lie that far apart';
  return `${lengthOf(ms)} is what lies between ${pairs.slice(0, 3).join(', or between ')}`;
}

const named = ({ byNumber }: Telling, { entry }: Moment): string =>
  `#${entry} ${quoted(brief(byNumber.get(entry)?.text ?? '', 50))}`;

/** The moments a published figure may have been counted from and to, one per minute. */
function anchors(telling: Telling): readonly Moment[] {
  const perMinute = new Map<number, Moment>();
  for (const entry of telling.timeline) {
    const moment = isAnchor(telling, entry) ? momentOf(entry) : null;
    if (moment === null) continue;
    const minute = minutes(moment.at);
    // What people recorded says more than Muster's own “Declared.”
    if (!perMinute.has(minute) || isTyped(entry)) perMinute.set(minute, moment);
    if (perMinute.size === MOST) break;
  }
  return [...perMinute.values()].sort((a, b) => a.at - b.at);
}

const MOST = 40;
const KINDS: readonly Kind[] = [
  'change',
  'report',
  'alert',
  'mitigation',
  'cause',
  'recovered',
  'detected',
];

const isAnchor = ({ marksOf }: Telling, entry: Entry): boolean =>
  (marksOf.has(entry.no) && entry.detail?.type !== 'declared') ||
  KINDS.some((kind) => is(entry, kind));

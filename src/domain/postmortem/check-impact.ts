import type { Entry } from '../entry.ts';
import { type Check, cited, type Finding } from './check.ts';
import { likeness, meaningOf } from './likeness.ts';
import { type Found, found } from './telling.ts';

const ALL =
  /\b(?:all (?:of )?(?:the |our )?(?:users|customers|clients|students|requests|traffic)|every (?:user|customer|request)|everyone|everybody|users in general|(?:entire|whole) (?:[\w-]+ )?(?:platform|site|website|service|system|app|application|portal|product|shop|store|cluster|user base)|complete(?:ly)? unavailab\w+|100 ?%(?! of traffic back))|全站/iu;
/** All of whatever it is; it disagrees only with a share of the same. */
const EVERY =
  /\b(?:all (?:of )?(?:the |our )?(?!\d)\p{L}{3,}s|(?:every|each|no) \p{L}{3,}|none of (?:the |our )?\p{L}{3,}s) /iu;
const PERCENT = /(?<![\d.])(\d{1,2}(?:\.\d+)?) ?(?:%|percent\b)/gi;
const REGION =
  /\b(?:[Uu]sers|[Cc]ustomers|[Cc]lients|[Ss]tudents|[Pp]eople|[Tt]raffic|[Rr]equests) (?:in|from|of) (?:the )?(?!general\b)((?:[A-Z][\w.-]*)(?: [A-Z][\w.-]*)*(?: region)?|[\w-]+ region)\b/;
const DEAD = /\b(?:inaccessible|unavailable|down for)\b|\bcould not be (?:reached|used)\b/i;

const isAll = ({ text }: Entry): boolean => ALL.test(text) && !/\bnot all\b/i.test(text);
const shares = ({ text }: Entry): readonly string[] =>
  [...text.slice(0, 4000).matchAll(PERCENT)].map(([, figure = '']) => figure);
const isPart = (entry: Entry): boolean => shares(entry).length > 0 && !RECOVERY.test(entry.text);
/** A share that works again is no share that was affected. */
const RECOVERY = /restor|recover|success rate|availability|成功率|恢复/iu;
/** The shares of a text apart from the sentences that tell what works again. */
const affectedShares = (entry: Entry): readonly string[] =>
  entry.text
    .slice(0, 4000)
    .split(/[.;](?=\s|$)|[。；！]/u)
    .filter((sentence) => !RECOVERY.test(sentence))
    .flatMap((text) => shares({ ...entry, text }));
const isSlow = (entry: Entry): boolean =>
  isPart(entry) && /\b(?:slow|degraded|delayed|intermittent|partial)/i.test(entry.text);
const regionOf = ({ text }: Entry): string | null => REGION.exec(text)?.[1] ?? null;

const isEvery = (entry: Entry): boolean =>
  EVERY.test(`${entry.text} `) &&
  !isPart(entry) &&
  !/\bno (?:data|records?|orders?|payments?)\b/i.test(entry.text);

/** Two different shares in the same words. */
const isOtherShare = (one: Entry, other: Entry): boolean => {
  const [mine, theirs] = [one, other].map(({ text }) =>
    meaningOf(text.replaceAll(/\d+(?:[.,]\d+)?\s*%?/g, ' ')),
  );
  return (
    one.no < other.no &&
    shares(one).join() !== shares(other).join() &&
    likeness(mine ?? new Set(), theirs ?? new Set()) >= 0.7
  );
};

/** Some of so many (“12 of 30 screens”), or all of them; null where the text tells no such share. */
function portionOf({ text }: Entry): { readonly some: number; readonly of: number } | null {
  const [, some, , of] = PORTION.exec(text) ?? [];
  if (some !== undefined && of !== undefined) return { some: figure(some), of: figure(of) };
  const [, every] = ALL_OF.exec(text) ?? [];
  return every === undefined ? null : { some: figure(every), of: figure(every) };
}

const PORTION = /(?<![\d.,])(\d[\d.,]*) (?:out )?of (the |our |all )?(\d[\d.,]*) \p{L}/iu;
const ALL_OF = /\ball (?:of )?(?:the |our )?(\d[\d.,]*) \p{L}/iu;
const figure = (typed: string): number => Number(typed.replaceAll(/[.,]/g, ''));

/** Different shares of the same number of things, told in the same words. */
const isOtherPortion = (one: Entry, other: Entry): boolean => {
  const [mine, theirs] = [portionOf(one), portionOf(other)];
  return (
    one.no < other.no &&
    mine !== null &&
    theirs !== null &&
    mine.of === theirs.of &&
    mine.some !== theirs.some &&
    likeness(meaningOf(unshared(one)), meaningOf(unshared(other))) >= 0.6
  );
};

const isPortion = (entry: Entry): boolean =>
  portionOf(entry) !== null && !RECOVERY.test(entry.text);

const unshared = ({ text }: Entry): string =>
  text.replaceAll(/\b(?:all|out)\b|\d[\d.,]*\s*%?/gi, ' ');

type Pair = readonly [Found<'effect'>, Found<'effect'>];

/** Effects whose figures cannot both be true. */
export const impactFigures: Check = {
  id: 'impact-figures',
  title: 'Impact figures that disagree',
  find: (telling) => {
    const effects = found(telling, 'effect').slice(0, 200);
    const within = effects.flatMap((entry) => withinOne(entry));
    const [pair] = [
      ...pairs(effects, isAll, isPart, (one, other) => one !== other),
      ...pairs(effects, isEvery, isPart, alikeSubject),
      ...pairs(effects, isPart, isPart, isOtherShare),
      ...pairs(effects, isPortion, isPortion, isOtherPortion),
      ...pairs(
        effects,
        (entry) => DEAD.test(entry.text) && !isPart(entry),
        isSlow,
        (one, other) => one !== other,
      ),
    ];
    const regions = pairs(
      effects,
      (entry) => isAll(entry) || unnamed(entry),
      (entry) => regionOf(entry) !== null && !isAll(entry),
      (one, other) => isAll(one) || alikeSubject(one, other),
    );
    return [
      ...within,
      ...(pair === undefined ? [] : [disagree(pair, 'How many were affected, and how?')]),
      ...regions.slice(0, 1).map((one) => disagree(one, 'Were all users affected, or only those?')),
    ];
  },
};

/** An effect that speaks of users without saying which. */
const unnamed = (entry: Entry): boolean =>
  /\b(?:users|customers|clients|students)\b/i.test(entry.text) &&
  !isPart(entry) &&
  regionOf(entry) === null;

const alikeSubject = (one: Entry, other: Entry): boolean => {
  const [mine, theirs] = [meaningOf(one.text), meaningOf(other.text)];
  return (
    [...mine].filter((word) => theirs.has(word) && word.length > 2 && !COMMON.has(word)).length > 0
  );
};

const COMMON = new Set([
  'user',
  'users',
  'custom',
  'customer',
  'student',
  'could',
  'slow',
  'respons',
]);

function pairs(
  effects: readonly Found<'effect'>[],
  first: (entry: Entry) => boolean,
  then: (entry: Entry) => boolean,
  suits: (one: Entry, other: Entry) => boolean,
): readonly Pair[] {
  const those = effects.filter(then);
  return effects
    .filter(first)
    .flatMap((one) =>
      those
        .filter((other) => other.no !== one.no && suits(one, other))
        .map((other): Pair => [one, other]),
    );
}

const disagree = ([one, other]: Pair, ask: string): Finding => ({
  text: `Two effects disagree: ${cited(one)} and ${cited(other)}. ${ask}`,
  entries: [one.no, other.no],
  settle: `edit ${other.no} <text>`,
});

/** One effect that names everybody and a share, or users in general and in one region. */
function withinOne(entry: Found<'effect'>): Finding[] {
  const partial = affectedShares(entry);
  const region = regionOf(entry);
  if (!isAll(entry) || (partial.length === 0 && region === null)) return [];
  const part = region === null ? `${partial.join('% and ')}%` : `those in ${region}`;
  return [
    {
      text: `${cited(entry)} says all users and also ${part}. Which is right?`,
      entries: [entry.no],
      settle: `edit ${entry.no} <text>`,
    },
  ];
}

const COUNT =
  /(?<![\d:.,/#-])(?![45]\d\d (?:errors?|responses?|status|codes?)\b)(?:\d+(?:[.,\u202f ]\d{3})*(?:[.,]\d+)?k?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a|one|two|several) (?:hundred|thousand|dozen|million))\s+(?!o'?clock|[ap]m\b|UTC|GMT)(?<what>\p{L}[\p{L}\p{M}-]{2,})/giu;
const COUNT_HAN = /\d+\s*[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]|全部|全站/u;
const NO_COUNT =
  /^(?:ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|percent|errors? codes?|bytes?|KB|MB|GB|TB)$/i;

/** Whether the text says how many of something; how long is another question. */
const hasCount = (text: string): boolean =>
  COUNT_HAN.test(text) ||
  [...text.slice(0, 4000).matchAll(COUNT)].some(({ groups }) => !NO_COUNT.test(groups?.what ?? ''));

/** An impact that nobody put a figure to. */
export const impactUncounted: Check = {
  id: 'impact-uncounted',
  title: 'Impact without a figure',
  find: (telling) => {
    const effects = found(telling, 'effect');
    if (effects.length === 0) {
      return [
        {
          text: 'What did users see? No effect is recorded.',
          entries: [],
          settle: 'impact <who, which function, how many>',
        },
      ];
    }
    const counted = effects.some((entry) => isAll(entry) || isPart(entry) || hasCount(entry.text));
    if (counted) return [];
    return [
      {
        text: 'How many users, requests or regions were affected? No effect has a figure.',
        entries: effects.slice(0, 5).map(({ no }) => no),
        settle: 'impact <who, which function, how many>',
      },
    ];
  },
};

import type { Entry } from '../entry.ts';
import { type Check, cited, isTyped, prose, told } from './check.ts';
import { impactFigures } from './check-impact.ts';
import { fixesOf } from './fixes.ts';
import { likeness, meaningOf } from './likeness.ts';
import { quoted } from './phrases.ts';
import { found, is, type Telling } from './telling.ts';
import { twinsOf } from './twins.ts';

const VAGUE =
  /\b(?:various|many|several|numerous|a few|a handful of|an? (?:\w+ )?(?:number|amount|share|part|portion|majority) of|a lot of|lots of|(?<!\bat )most|some (?:users|customers|students|people|requests|hosts|servers)|quickly|immediately|soon|shortly|promptly|rapidly|a while|eventually)\b(?!&)/i;

/** Words that leave out how much, how many or when. */
export const vagueWords: Check = {
  id: 'vague-words',
  title: 'Vague words',
  find: (telling) => {
    const vague = told(telling).filter(({ text }) => VAGUE.test(text));
    return vague.slice(0, 6).map((entry) => ({
      text: `${quoted(VAGUE.exec(entry.text)?.[0] ?? '')} in ${cited(entry)}: how many, how much or when exactly?`,
      entries: [entry.no],
      settle: `edit ${entry.no} <text>`,
    }));
  },
};

/** UTF-8 that was read as Latin-1 or as Windows-1252. */
const DAMAGED =
  /â[\u0080-\u00BF€‚„…†‡ˆ‰Š‹Œ™˜œšž‘’“”•–—]|Ã[\u0080-\u00BF€‚„…†‡ˆ‰Š‹Œ™˜œšž‘’“”•–—Ÿ]|Â[\u0080-\u00BF]|ï¿½|\uFFFD/;

/** Characters that were decoded wrongly on their way here. */
export const encoding: Check = {
  id: 'encoding',
  title: 'Damaged characters',
  find: ({ entries }) =>
    entries
      .filter(({ text }) => DAMAGED.test(text))
      .slice(0, 10)
      .map((entry) => ({
        text: `${cited(entry)} holds characters that were decoded wrongly. What does it say?`,
        entries: [entry.no],
        settle: `edit ${entry.no} <text>`,
      })),
};

const BLAME =
  /\b(?:human error|operator error|user error|careless(?:ly|ness)?|negligen(?:t|ce)|mistakenly|by mistake|unintentionally|accidentally|forgot(?:ten)? to|blame[ds]?|(?:one|some) of (?:the|our) (?:developers?|engineers?|admins?|operators?|colleagues?)|(?:a|the) (?:junior|new) (?:developer|engineer|admin|operator))\b/i;
const COUNTERFACTUAL =
  /\b(?:should|ought to) have (?!no\b|an?\b|the\b)\w+|\b(?:could|would) have (?:been )?(?:\w+(?:ed|n|t)|made|read|run|had|held|told)\b|\bif (?:only )?\w+ had\b/i;
/** Names that are also words. */
const WORDS_TOO = new Set(
  'Will Mark Grace Rose Page Chase Drew Hope April August Frank Grant Rich Bill Jack Summer Faith Dean Chuck Clay Iris Ruby Jade Amber Victor Basil Sandy Melody Harmony Tech Lead Team Support Admin Incident Engineer'.split(
    ' ',
  ),
);

/** Persons and blame where only systems and roles belong. */
export const blame: Check = {
  id: 'blame',
  title: 'Persons in cause or timeline',
  find: (telling) => {
    const names = namesOf(telling);
    const texts = [
      ...telling.timeline.filter(isTyped),
      ...found(telling, 'cause').filter(({ at }) => at === null),
    ];
    return texts.flatMap((entry) => {
      const word = BLAME.exec(entry.text)?.[0] ?? COUNTERFACTUAL.exec(entry.text)?.[0];
      const name = names === null ? undefined : names.exec(entry.text)?.[0];
      const why = word ?? name;
      if (why === undefined) return [];
      return [
        {
          text: `${quoted(why)} in ${cited(entry)}: which role acted, and which system or guard allowed it?`,
          entries: [entry.no],
          settle: `edit ${entry.no} <text>`,
        },
      ];
    });
  },
};

function namesOf({ record }: Telling): RegExp | null {
  const names = Object.values(record.people).flatMap((name) => [
    name,
    ...name.split(/\s+/).filter((part) => /^\p{Lu}\p{L}{3,}$/u.test(part) && !WORDS_TOO.has(part)),
  ]);
  const usable = [...new Set(names)].filter((name) => name.length > 3).slice(0, 500);
  if (usable.length === 0) return null;
  const escaped = usable.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'u');
}

const PREVENTION =
  /\b(?:to |which |that )?(?:prevent|avoid)(?:s|ing)? (?:a |any |another |the )?(?:further|future|similar|another|recurr\w+|repeat\w*|repetition|(?:it|this|that) (?:from )?(?:happening|recurring|returning))|\b(?:prevent|avoid)(?:s|ing)? (?:a |any )?(?:further |future )?(?:recurrence|repetition)|\b(?:cannot|can't|can not|will not|won't|does not|never) (?:\w+ )?(?:happens?|occurs?|recurs?|comes? back)(?: again)?\b|\bnever again\b|\bkeeps? (?:it|this|that) from (?:happening|coming back|recurring)\b/i;

/** A repair that is told as if it were prevention. */
export const mitigationAsPrevention: Check = {
  id: 'mitigation-as-prevention',
  title: 'Mitigation worded as prevention',
  find: (telling) =>
    [
      ...telling.timeline.filter(
        (entry) => is(entry, 'mitigation') || telling.marksOf.get(entry.no)?.includes('mitigated'),
      ),
      ...found(telling, 'fix'),
    ]
      .filter((entry, place, all) => all.indexOf(entry) === place && PREVENTION.test(entry.text))
      .map((entry) => ({
        text: `${cited(entry)} is worded as prevention: did it end the impact, or only keep it from coming back?`,
        entries: [entry.no],
        settle: `edit ${entry.no} <text>`,
      })),
};

/** Lines of the timeline, or findings, that say the same thing twice. */
export const repeated: Check = {
  id: 'repeated',
  title: 'Said twice',
  find: (telling) => {
    const isAsked = contradictions(telling);
    return [
      ...twinFindings(
        telling.timeline.filter((entry) => isTyped(entry) && entry.text.length > 12),
        (one, other) =>
          !isSetAgain(other) &&
          (one.at === null ||
            other.at === null ||
            Math.abs(one.at - other.at) <= 120_000 ||
            isOneChange(one, other)),
      ),
      ...twinFindings(
        onceFixed(telling).filter(({ at }) => at === null),
        (one, other) =>
          one.detail?.type === other.detail?.type &&
          !isReversed(one, other) &&
          !isAsked(one, other),
      ),
    ];
  },
};

/** A milestone that was set before: the later line says where it points now, in the same words. */
const isSetAgain = ({ detail }: Entry): boolean =>
  detail !== null && 'was' in detail && detail.was !== null;

/** What was changed is changed once; what was tried is tried again. */
const isOneChange = (one: Entry, other: Entry): boolean =>
  is(one, 'change') &&
  is(other, 'change') &&
  likeness(meaningOf(one.text), meaningOf(other.text)) === 1;

/** A fix that was recorded again to say whether it lasts is no second one. */
function onceFixed(telling: Telling): readonly Entry[] {
  const fixes = new Set<Entry>(fixesOf(telling));
  return prose(telling).filter((entry) => entry.detail?.type !== 'fix' || fixes.has(entry));
}

/** Two effects that contradict each other are asked about as such, and not a second time. */
function contradictions(telling: Telling): (one: Entry, other: Entry) => boolean {
  const asked = impactFigures.find(telling, [telling]).map(({ entries }) => entries);
  return (one, other) =>
    asked.some((entries) => entries.includes(one.no) && entries.includes(other.no));
}

function twinFindings(entries: readonly Entry[], suits: (one: Entry, other: Entry) => boolean) {
  const twins = twinsOf(entries.map(({ text }) => text));
  return [...twins].flatMap(([place, first]) => {
    const [one, other] = [entries[first], entries[place]];
    if (one === undefined || other === undefined || !suits(one, other)) return [];
    return [
      {
        text: `#${other.no} says nearly the same as ${cited(one)}. Is one of them to be struck?`,
        entries: [one.no, other.no],
        settle: `strike ${other.no} same as #${one.no}`,
      },
    ];
  });
}

const PASSIVE = /^(.{8,120}?) (?:triggered|caused|brought about) by (.{8,})$/i;
const ACTIVE =
  /^(.{8,120}?) (?:causing|causes|caused|triggers|triggering|led to|leads to|leading to|let) (?!by\b)(.{8,})$/i;

/** The same cause told with two different effects, once as what was triggered and once as what it did. */
export const causeTwoWays: Check = {
  id: 'cause-two-ways',
  title: 'Cause told in two ways',
  find: (telling) => {
    const texts = [
      ...found(telling, 'cause'),
      ...telling.timeline.filter((entry) => is(entry, 'cause') && entry.detail?.type !== 'cause'),
    ].slice(0, 50);
    const passive = texts.flatMap((entry) => claim(entry, PASSIVE, [2, 1]));
    const active = texts.flatMap((entry) => claim(entry, ACTIVE, [1, 2]));
    for (const one of [...passive, ...active]) {
      const other = [...passive, ...active].find((candidate) => contradicts(one, candidate));
      if (other === undefined) continue;
      return [
        {
          text: `Each is told as the cause of the other: ${cited(one.entry)} and ${cited(other.entry)}. Which came first?`,
          entries: [one.entry.no, other.entry.no],
          settle: `edit ${other.entry.no} <text>`,
        },
      ];
    }
    for (const one of passive) {
      const other = active.find(
        ({ entry, cause, effect }) =>
          entry.no !== one.entry.no &&
          likeness(cause, one.cause) >= 0.4 &&
          likeness(effect, one.effect) < 0.25,
      );
      if (other === undefined) continue;
      return [
        {
          text: `The same cause is told with two effects: ${cited(one.entry)} and ${cited(other.entry)}. Which came first?`,
          entries: [one.entry.no, other.entry.no],
          settle: `edit ${one.entry.no} <text>`,
        },
      ];
    }
    return [];
  },
};

type Claim = ReturnType<typeof claim>[number];

/** Whether what one calls the cause is the effect of the other, and the reverse. */
const contradicts = (one: Claim, other: Claim): boolean =>
  one.entry.no < other.entry.no &&
  likeness(one.cause, other.effect) >= 0.5 &&
  likeness(one.effect, other.cause) >= 0.5;

const isReversed = (one: Entry, other: Entry): boolean => {
  const [mine, theirs] = [one, other].map((entry) => [
    ...claim(entry, PASSIVE, [2, 1]),
    ...claim(entry, ACTIVE, [1, 2]),
  ]);
  return (mine ?? []).some((claimed) => (theirs ?? []).some((said) => contradicts(claimed, said)));
};

function claim(entry: Entry, pattern: RegExp, [cause, effect]: readonly [number, number]) {
  const match = pattern.exec(entry.text.slice(0, 600));
  if (match === null) return [];
  return [{ entry, cause: meaningOf(match[cause] ?? ''), effect: meaningOf(match[effect] ?? '') }];
}

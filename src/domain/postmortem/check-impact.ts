import type { Entry } from '../entry.ts';
import { type Check, cited, type Finding, told } from './check.ts';
import { meaningOf } from './likeness.ts';
import { type Found, found, type Telling } from './telling.ts';

const ALL =
  /\b(?:all (?:of )?(?:the |our )?(?:users|customers|clients|students|requests|traffic)|every (?:user|customer|request)|everyone|everybody|users in general|(?:entire|whole) (?:[\w-]+ )?(?:platform|site|website|service|system|app|application|portal|product|shop|store|cluster|user base)|complete(?:ly)? unavailab\w+|100 ?%(?! of traffic back))|全站/iu;
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
const isSlow = (entry: Entry): boolean =>
  isPart(entry) && /\b(?:slow|degraded|delayed|intermittent|partial)/i.test(entry.text);
const regionOf = ({ text }: Entry): string | null => REGION.exec(text)?.[1] ?? null;

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
  const partial = shares(entry);
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
    const counted = effects.some(
      (entry) =>
        isAll(entry) ||
        isPart(entry) ||
        /\b\d+(?:[.,]\d+)*k? (?:users|customers|requests|orders|tickets|people|students|accounts|calls|sessions)\b/i.test(
          entry.text,
        ) ||
        HAN.test(entry.text),
    );
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

const HAN = /全部|全站|\d+\s*%|成功率/u;
const DAMAGE = /\b(?:corrupt(?:ed|ion)?|data loss|lost data|deleted records|lost records)\b/i;
const SAFE =
  /\bno (?:data|records?|orders?) (?:was |were |is |has been )?(?:lost|corrupted|affected|damaged)\b|\bdata (?:was|were) not (?:lost|corrupted)\b|\bno data loss\b/i;

/** Damage to data that is mentioned and not settled, or told both ways. */
export const dataDamage: Check = {
  id: 'data-damage',
  title: 'Damage to data',
  find: (telling) => {
    const texts = told(telling);
    const damaged = texts.filter(({ text }) =>
      DAMAGE.test(
        text
          .replace(SAFE, '')
          .replaceAll(/\b(?:avoid|prevent|risk of|without) (?:any )?data loss/gi, ''),
      ),
    );
    const safe = texts.find(({ text }) => SAFE.test(text));
    const [first] = damaged;
    if (first === undefined) return [];
    if (safe !== undefined && safe.no !== first.no) {
      return [
        {
          text: `${cited(first)}, but ${cited(safe)}. Was data lost or changed?`,
          entries: [first.no, safe.no],
          settle: `edit ${first.no} <text>`,
        },
      ];
    }
    const schema = texts.find(({ no, text }) => no !== first.no && /\bschema\b/i.test(text));
    const beside = schema === undefined ? '' : ` ${cited(schema)} speaks of the schema only.`;
    return [
      {
        text: `${cited(first)}: was data lost or changed?${beside} The consequence for data is not recorded.`,
        entries: [first.no, ...(schema === undefined ? [] : [schema.no])],
        settle: 'impact <what happened to the data>',
      },
    ];
  },
};

/** Nothing on causes or the repair. */
export const findingsMissing: Check = {
  id: 'findings-missing',
  title: 'Cause and repair',
  find: (telling: Telling) => [
    ...(found(telling, 'cause').length > 0
      ? []
      : [
          {
            text: 'Why did it happen? No cause is recorded.',
            entries: [],
            settle: 'cause root <text>',
          },
        ]),
    ...(found(telling, 'cause').some(({ detail }) => detail.role === 'trigger') ||
    found(telling, 'cause').length === 0
      ? []
      : [
          {
            text: 'What triggered it? Causes are recorded, but none as the trigger.',
            entries: found(telling, 'cause')
              .slice(0, 5)
              .map(({ no }) => no),
            settle: 'cause trigger <text>',
          },
        ]),
    ...permanence(telling),
  ],
};

function permanence(telling: Telling): Finding[] {
  const fixes = found(telling, 'fix');
  if (fixes.length === 0) {
    return [
      {
        text: 'What repaired it, and will it last? No fix is recorded.',
        entries: [],
        settle: 'fix <temporary or permanent> <text>',
      },
    ];
  }
  const [open] = fixes.filter(({ detail }) => detail.permanence === null);
  if (open === undefined || fixes.some(({ detail }) => detail.permanence !== null)) return [];
  return [
    {
      text: `Is the fix temporary or permanent? ${cited(open)} does not say.`,
      entries: [open.no],
      settle: `fix permanent ${open.text.slice(0, 200)}`,
    },
  ];
}

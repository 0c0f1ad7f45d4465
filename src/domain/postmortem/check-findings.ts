import type { Entry } from '../entry.ts';
import { type Check, cited, type Finding, told } from './check.ts';
import { type Found, found, type Telling } from './telling.ts';

const THINGS =
  '(?:data|records?|rows?|documents?|files?|orders?|payments?|bookings?|transactions?|messages?|mails?|comments?|photos?|recordings?|readings?|balances?|entries|events?|uploads?|backups?|settings|accounts?)';
const DAMAGE = new RegExp(
  `(?<![-“"'\\w])corrupt(?:ed|ion|s)?(?![-\\w])|\\b(?:data loss|(?:lost|deleted|destroyed|overwritten|damaged) ${THINGS})\\b|\\b${THINGS}\\b(?: of [^.;]{1,40}?)? (?:(?:was|were|is|are|has been|have been|had been|(?:may|might|could) (?:have been|be)|got) )(?:\\w+ly )?(?:lost|deleted|overwritten|truncated|wiped|destroyed|damaged|altered)\\b`,
  'i',
);
const SAFE = new RegExp(
  `\\bno (?:\\w+ )?${THINGS} (?:(?:was|were|is|are|has been|have been|got) )?(?:lost|corrupted|affected|damaged|deleted|overwritten)\\b|\\b${THINGS} (?:was|were) not (?:lost|corrupted|deleted|overwritten)\\b|\\b(?:no|without) data loss\\b`,
  'gi',
);

/** Damage to data that is mentioned and not settled, or told both ways. */
export const dataDamage: Check = {
  id: 'data-damage',
  title: 'Damage to data',
  find: (telling) => {
    const texts = told(telling);
    const damaged = texts.filter((entry) => isDamage(entry));
    const safe = texts.find(({ text }) => text.search(SAFE) >= 0);
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
    if (consequence(telling, first) !== undefined) return [];
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

/** In an effect whatever is overwritten is somebody's; elsewhere it may be a cache. */
function isDamage({ text, detail }: Entry): boolean {
  const said = text
    .replaceAll(SAFE, '')
    .replaceAll(/\b(?:avoid|prevent|risk of|without) (?:any )?data loss/gi, '');
  return DAMAGE.test(said) || (detail?.type === 'effect' && GONE.test(said));
}

const GONE =
  /^(?!.*\b(?:no|none|nothing|not|never|neither)\b).*\b(?:was|were|got|been) (?:\w+ly )?(?:overwritten|deleted|erased|wiped|truncated|corrupted)\b/is;

/** What an effect that was recorded later says of the data; the answer, where it is not damage again. */
const consequence = (telling: Telling, damage: Entry): Entry | undefined =>
  found(telling, 'effect').find(
    ({ no, text }) => no > damage.no && DATA.test(text) && !DAMAGE.test(text.replaceAll(SAFE, '')),
  );

const DATA = /\b(?:data|records?|rows?|documents?|files?|backups?|orders?|entries|balances?)\b/i;

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
    ...underlying(telling),
    ...permanence(telling),
  ],
};

/** What set it off is not yet why it could happen. */
function underlying(telling: Telling): Finding[] {
  const causes = found(telling, 'cause');
  const [trigger] = causes;
  if (trigger === undefined || causes.some(({ detail }) => DEEPER.has(detail.role))) return [];
  return [
    {
      text: `What made it possible? Only ${cited(trigger, 60)} is recorded, as ${trigger.detail.role}.`,
      entries: causes.slice(0, 5).map(({ no }) => no),
      settle: 'cause root <text>',
    },
  ];
}

const DEEPER: ReadonlySet<string> = new Set(['root', 'contributing']);

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
  if (open === undefined) return provisional(telling, fixes);
  if (fixes.some(({ detail }) => detail.permanence !== null)) return [];
  return [
    {
      text: `Is the fix temporary or permanent? ${cited(open)} does not say.`,
      entries: [open.no],
      settle: `fix permanent ${open.text.slice(0, 200)}`,
    },
  ];
}

/** A fix that will not last, with nothing recorded that will: neither a fix nor an action that corrects or is for a root cause. */
function provisional(telling: Telling, fixes: readonly Found<'fix'>[]): Finding[] {
  const last = fixes.at(-1);
  if (last === undefined || fixes.some(({ detail }) => detail.permanence === 'permanent'))
    return [];
  const roots = found(telling, 'cause').filter(({ detail }) => detail.role === 'root');
  const names = new Set<string | null>(roots.map(({ detail }) => `c${detail.n}`));
  const lasting = found(telling, 'action').some(
    ({ detail: { item } }) => item.sort === 'corrective' || names.has(item.addresses),
  );
  if (lasting) return [];
  return [
    {
      text: `${cited(last)} is temporary. What will repair it for good? Neither a permanent fix nor an action for a root cause is recorded.`,
      entries: [last.no],
      settle: 'fix permanent <text>',
    },
  ];
}

import { counted } from '../counted.ts';
import { addressOf, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { type Found, type Hit, RANKED, type Search } from '../search.ts';
import {
  type Block,
  bold,
  buttons,
  code,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
  type Span,
  user,
} from '../text.ts';
import { excerpt } from './excerpt.ts';
import { channelOf, shortened, titled } from './phrases.ts';

/** How many hits stand on one page. */
export const HITS_PER_PAGE = 10;
const LONGEST = 200;
/** What Slack takes as the value of a button is far more than may be looked for. */
const BUTTON_LABEL = 60;

/** What was looked for, as it was read, and which page is shown. */
export interface Asked {
  readonly search: Search;
  /** What stood after the verb. */
  readonly typed: string;
  readonly since: Instant | null;
  readonly page: number;
}

const SEARCHED =
  'Searched: titles, numbers and people of incidents, and what entries say; struck entries and private incidents of others are left out.';

/** A page of what was found, with how the line was read. */
export function foundPage({ hits, count }: Found, asked: Asked): Message {
  const pages = Math.max(1, Math.ceil(Math.min(count, RANKED) / HITS_PER_PAGE));
  const summary = `${counted(count, 'hit')} for `;
  return {
    summary: [summary, ...readAs(asked)],
    blocks: [
      paragraph(bold(summary), ...readAs(asked)),
      { type: 'list', items: hits.map((hit) => hitLine(hit, asked)) },
      note(...footer(asked, pages, count, hits[0])),
      ...pager(asked, pages),
    ],
  };
}

/** How the line was read: words, then filters. */
function readAs({ search, since }: Asked): Line {
  const { terms, severities, statuses, kinds, by, within, drills } = search;
  const words = terms.map(({ text, exact, not, or }, place) => {
    const word = exact ? `“${text}”` : text;
    return `${place > 0 && or ? 'or ' : ''}${not ? 'not ' : ''}${word}`;
  });
  const parts: Line[] = [
    ...(words.length === 0 ? [] : [[words.join(' ')]]),
    ...(severities.length === 0 ? [] : [[`severity ${severities.join(' or ')}`]]),
    ...(statuses.length === 0 ? [] : [[`status ${statuses.join(' or ')}`]]),
    ...kinds.map((kind): Line => [`kind ${kind}`]),
    ...(by === null ? [] : [['by ', user(by)] satisfies Line]),
    ...(since === null ? [] : [['since ', instant(since, 'full')] satisfies Line]),
    ...(within === null ? [] : [[`in ${incidentName({ number: within, drill: drills })}`]]),
    ...(drills ? [['drills']] : []),
  ];
  return parts.flatMap((part, place): Span[] => (place === 0 ? [...part] : [', ', ...part]));
}

function hitLine({ incident, entry }: Hit, { search }: Asked): Line {
  const { severity, status, openedAt } = incident;
  if (entry === null) {
    return [
      bold(titled(incident)),
      ` ${severity}, ${status}, opened `,
      instant(openedAt, 'full'),
      ', ',
      channelOf(incident),
    ];
  }
  const { no, at, text, kinds, author } = entry;
  return [
    bold(incidentName(incident)),
    ' ',
    code(`#${no}`),
    ' ',
    ...(at === null ? ['time not recorded'] : [instant(at, 'full')]),
    ' ',
    ...excerpt(text, search.terms, LONGEST),
    kinds.map((kind) => ` #${kind}`).join(''),
    ...(author === null ? [] : [' ', user(author)]),
  ];
}

function footer(
  { page, search: { terms } }: Asked,
  pages: number,
  count: number,
  first: Hit | undefined,
): Line {
  const where = pages === 1 ? '' : `Page ${page} of ${pages}. `;
  const how = terms.some(({ exact }) => !exact)
    ? 'A word also finds longer ones that begin with it; in quotes only itself. '
    : '';
  const only = count > RANKED ? `Only the newest ${RANKED} are shown: more words find less. ` : '';
  const one = first === undefined ? '42' : addressOf(first.incident);
  return [`${where}${only}${how}To see one: `, code(`/incident ${one} timeline`), '.'];
}

function pager({ typed, page }: Asked, pages: number): readonly Block[] {
  const command = (to: number): string => `find page:${to} ${typed}`;
  const more = page < pages ? [{ label: 'More', command: command(page + 1) }] : [];
  const back = page > 1 ? [{ label: 'Back', command: command(page - 1) }] : [];
  const both = [...more, ...back];
  return both.length === 0 ? [] : [buttons(...both)];
}

/** That nothing was found: how the line was read, what was searched, and what may have been meant. */
export function nothingFound(asked: Asked, instead: readonly string[]): Message {
  const line: Line = ['Nothing found for ', ...readAs(asked), '.'];
  const { terms, drills } = asked.search;
  const fewer = terms.length > 1 ? ' Every word must be there: fewer words find more.' : '';
  return {
    summary: line,
    blocks: [
      paragraph(...line),
      ...(instead.length === 0
        ? []
        : [
            paragraph('There is: '),
            buttons(
              ...instead.map((other) => ({
                label: shortened(`find ${other}`, BUTTON_LABEL),
                command: `find ${other}`,
              })),
            ),
          ]),
      note(`${SEARCHED}${fewer} A filter in quotes is a word.`),
      ...(drills ? [] : [note('Drills are looked for apart: ', code('/incident find drills …'))]),
    ],
  };
}

import {
  type Block,
  bold,
  code,
  heading,
  type Line,
  type Message,
  note,
  paragraph,
} from '../text.ts';

/** One verb, as far as help shows it. */
export interface HelpEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: readonly string[];
  /** What the forms do, where they are too many to be told by the summary; one for each of them. */
  readonly does?: readonly string[];
  readonly example: string;
  readonly summary: string;
  readonly hidden?: true;
}

/** Verbs under one heading. */
export interface HelpGroup {
  readonly title: string;
  readonly commands: readonly HelpEntry[];
}

/** The verbs that a lost person needs first. */
const MOST_USED = ['open', 'log', 'ack', 'update', 'resolve', 'timeline', 'brief'];

/** Every verb on one line: those used most, then the others, grouped. */
export function helpOverview(groups: readonly HelpGroup[]): Message {
  const all = groups.flatMap(({ commands }) => commands);
  const most = MOST_USED.flatMap((verb) => all.filter(({ name }) => name === verb));
  const blocks: Block[] = [
    heading('What Muster can do'),
    paragraph(
      'In an incident channel the incident is understood. Elsewhere put its number first: ',
      code('/incident 42 log …'),
    ),
    ...groupBlocks({ title: 'Used most', commands: most }),
    ...groups.flatMap(({ title, commands }) =>
      groupBlocks({ title, commands: commands.filter((one) => !most.includes(one)) }),
    ),
    note('More about one verb, with an example: ', code('/incident help log')),
  ];
  return { summary: ['What Muster can do'], blocks };
}

function groupBlocks({ title, commands }: HelpGroup): readonly Block[] {
  const items = commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ name, summary }): Line => [code(name), ` ${summary}`]);
  return items.length === 0 ? [] : [paragraph(bold(title)), { type: 'list', items }];
}

/** One verb: its forms, an example, its other names. */
export function helpFor({ name, aliases, usage, does, example, summary }: HelpEntry): Message {
  const other = aliases.length === 0 ? [] : [note(`Other names: ${aliases.join(', ')}`)];
  return {
    summary: [`${name}: ${summary}`],
    blocks: [
      paragraph(bold(name), ` ${summary}`),
      {
        type: 'list',
        items: usage.map((form, at): Line => [code(`/incident ${form}`), ...told(does?.[at])]),
      },
      paragraph('For example: ', code(`/incident ${shownExample(example)}`)),
      ...other,
    ],
  };
}

const told = (what: string | undefined): Line => (what === undefined ? [] : [`: ${what}`]);

/** Mentions as people type them: `<@U012|ana>` is `@ana`. */
const shownExample = (example: string): string => example.replace(/<@\w+\|([^>]+)>/g, '@$1');

/** The few verbs that a lost person needs most. */
export const shortHelp = (): readonly Block[] => [
  note(
    'The ones used most: ',
    ...MOST_USED.flatMap((verb, place) => [...(place === 0 ? [] : [', ']), code(verb)]),
    '. All of them: ',
    code('/incident help'),
  ),
];

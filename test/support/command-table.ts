import { GROUPS } from '../../src/commands/index.ts';

/** The commands as the README lists them: what only buttons type is left out, as in help. */
export const commandRows: readonly (readonly string[])[] = GROUPS.flatMap(({ title, commands }) =>
  commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ aliases, usage, summary }, place) => [
      place === 0 ? title : '',
      `\`${usage[0] ?? ''}\``,
      aliases.map((alias) => `\`${alias}\``).join(', '),
      summary,
    ]),
);

/** The same as a Markdown table. */
export const commandTable = (): string =>
  [['', 'command', 'also', 'what it does'], ['---', '---', '---', '---'], ...commandRows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

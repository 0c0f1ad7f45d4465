import type { Story } from './story.ts';

/** As JSON, Slack's escaping and plain text write it. */
export const SHOWN = /AKIA7SECRET/;

/** Every row of every table, as one text. */
export async function everythingKept(story: Story): Promise<string> {
  const tables = await story.sql<{ name: string }[]>`select table_name as name
    from information_schema.tables where table_schema in ('public', 'bullmq')
      and table_type = 'BASE TABLE'`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      story.sql.unsafe(`select to_jsonb(x)::text as t from "${name}" x`).catch(() => []),
    ),
  );
  return rows
    .flat()
    .map((row) => String(row.t))
    .join('\n');
}

/** Everything that can be read in Slack, as one text. */
export const slackShows = (story: Story): string =>
  JSON.stringify([
    [...story.workspace.channels.values()].map(({ messages, name }) => [name, messages]),
    story.workspace.files.map(({ content }) => content.toString('utf8')),
    [...story.workspace.channels.values()].map(({ canvas }) => canvas?.markdown ?? ''),
    ['ana', 'bo', 'cy', 'max', 'ada'].map((name) => story.told(name)),
  ]);

/** The number of the entry whose text has that part. */
export const numberOf = async (story: Story, part: string, incident = 1): Promise<number> => {
  const found = (await story.entries(incident)).find(({ text }) => text.includes(part));
  if (!found) throw new Error(`no entry says ${part}`);
  return found.no;
};

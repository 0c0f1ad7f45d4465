import { commandTable } from './command-table.ts';

// npx tsx test/support/print-commands.ts: the table for the README. Then: npx biome format --write README.md
process.stdout.write(`${commandTable()}\n`);

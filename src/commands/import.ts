import { ok } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { readImportLine } from './import-line.ts';

/** Adds pasted lines to the timeline, after a look at how each is read. */
export const importLines = defineCommand({
  name: 'import',
  aliases: ['paste'],
  usage: ['import', 'import <pasted lines>'],
  example: 'import',
  summary: 'Adds a pasted timeline, after showing how each line is read: all of it or nothing.',
  about: 'incident',
  parse: (rest) => ok(change(readImportLine(rest))),
});

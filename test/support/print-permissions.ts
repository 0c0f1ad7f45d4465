import { permissionRows } from './permission-table.ts';

// Prints the table of docs/permissions.md.
for (const row of permissionRows) process.stdout.write(`| ${row.join(' | ')} |\n`);

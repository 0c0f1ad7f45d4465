import { readFileSync, writeFileSync } from 'node:fs';
import { tryCorpus } from './check-scores.ts';
import { checkTable, totalsTable } from './check-table.ts';

// npx tsx test/support/print-checks.ts: writes both tables into docs/checks.md.
const PAGE = new URL('../../docs/checks.md', import.meta.url);
const tried = tryCorpus();
const between = (page: string, name: string, table: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
    (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`,
  );
const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  between(between(page, 'checks', checkTable(tried)), 'totals', totalsTable(tried)),
);

import { PARTS } from './check-corpus.ts';
import { scoresOf, totalsOf, tryCorpus } from './check-scores.ts';

// npx tsx test/support/measure-checks.ts [part…]: what was missed, and what was asked for nothing.
// Only the parts of the corpus that are named are told in detail.

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const tried = tryCorpus();
for (const part of PARTS) {
  const some = tried.filter((one) => one.part === part);
  const { planted, found, clean, disturbed } = totalsOf(some);
  say(`${part}: ${found} of ${planted} found; ${disturbed} of ${clean} clean records asked about`);
  if (!process.argv.includes(part)) continue;
  for (const { name, found: was, surplus } of some) {
    if (!was) say(`  missed: ${name}`);
    for (const { check, text } of surplus) say(`  ${name}\n    ${check}: ${text.join('')}`);
  }
}
for (const { id, planted, found, falseAlarms, others } of scoresOf(tried))
  if (found < planted || falseAlarms > 0)
    say(`${id}: ${found} of ${planted}, ${falseAlarms} false of ${others}`);

import { execFileSync } from 'node:child_process';
import { measureChain } from './chain.ts';
import { measureDraft } from './draft.ts';
import { prepareGround } from './ground.ts';
import { measureLog } from './log.ts';
import { load, machine, printed, type Section } from './report.ts';
import { measureTimers } from './timers.ts';

// `npm run bench`, or `npm run bench log chain timers draft` for some of it. Figures are medians over
// alternating rounds with the least and the most; targets are ratios against a baseline of the
// same run, so that they mean the same on any machine. See docs/performance.md.

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const wanted = process.argv.slice(2);
const wants = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

async function main(): Promise<boolean> {
  const began = performance.now();
  print(`# Muster, measured ${new Date().toISOString().slice(0, 10)}\n`);
  print(`${machine()}; load before: ${load()}`);
  const sections: Section[] = [];
  const show = (section: Section): void => {
    sections.push(section);
    print(printed(section));
  };
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  const ground = await prepareGround();
  const stop = async (): Promise<void> => {
    await ground.stop();
    process.exit(130);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  try {
    print(`PostgreSQL: ${await ground.settings()}`);
    print(`Redis: ${ground.redisUrl ? 'AOF everysec' : 'not run, no redis-server on PATH'}\n`);
    if (wants('log')) show(await measureLog(ground));
    if (wants('chain')) show(await measureChain(ground));
    if (wants('timers')) show(await measureTimers(ground));
  } finally {
    await ground.stop();
  }
  if (wants('draft')) show(measureDraft());
  const met = sections.flatMap(({ targets }) => targets).every((target) => target.met);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  print(`${met ? 'Every target met' : 'Not every target met'}, in ${seconds} s; load: ${load()}`);
  return met;
}

main().then(
  (met) => process.exit(met ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(2);
  },
);

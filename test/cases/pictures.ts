import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { openDatabases } from '../../src/demo/databases.ts';
import { castOf, play } from '../../src/demo/play.ts';
import { readScript, type Script } from '../../src/demo/script.ts';
import { openStage } from '../../src/demo/stage.ts';
import { createLog } from '../../src/log.ts';
import { CASES } from './all.ts';
import { withPalette } from './palette-png.ts';

const PICTURES = new URL('../../docs/drafts/pictures/', import.meta.url);
/** The picture that comes to the channel when a script is played to its end. */
async function pictureOf(script: Script, databaseUrl: string): Promise<Buffer> {
  const stage = await openStage({
    databaseUrl,
    people: castOf([script]),
    settings: DEFAULTS,
    log: createLog({ level: 'silent' }),
    startsAt: script.lines[0]?.at ?? 0,
  });
  try {
    await play(stage, script);
    const drawn = stage.workspace.files.findLast(({ name }) => name.endsWith('.png'));
    if (drawn === undefined) throw new Error(`${script.name} has no picture`);
    return drawn.content;
  } finally {
    await stage.close();
  }
}

const opensOne = ({ lines }: Script): boolean =>
  lines.some(
    ({ does }) => does.type === 'command' && /^\/incident (?:open|record) /.test(does.text),
  );

/** Plays the cases named, or all, and keeps the picture of each. */
async function main(names: readonly string[]): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-pictures-'));
  // As root PostgreSQL runs as another account, which must get through.
  await chmod(directory, 0o711);
  await mkdir(PICTURES, { recursive: true });
  const databases = await openDatabases(directory);
  try {
    // A script that opens nothing goes on with what others opened: their pictures are here.
    const played = await Promise.all(CASES.flatMap((each) => each.scripts).map(readScript));
    const scripts = played.filter(opensOne).map(({ name }) => name);
    for (const name of names.length > 0 ? names : scripts) {
      const url = await databases.fresh(name);
      const png = withPalette(await pictureOf(await readScript(name), url));
      await writeFile(new URL(`${name}.png`, PICTURES), png);
      process.stdout.write(`${name}.png: ${Math.round(png.length / 1024)} kB\n`);
    }
  } finally {
    await databases.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Resvg } from '@resvg/resvg-js';

const run = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
/** Twice would be sharper and weigh twice as much. */
const SCALE = 1.5;

/** A browser that is installed here; `CHROMIUM` names another one. */
async function browser(): Promise<string> {
  const candidates = process.env.CHROMIUM ? [process.env.CHROMIUM] : NAMES;
  for (const name of candidates) {
    const found = await run(name, ['--version']).catch(() => null);
    if (found !== null) return name;
  }
  throw new Error(
    `The gallery is drawn with Chromium, and there is no ${candidates.join(', ')}. Install it (Debian: apt install chromium) or name it in CHROMIUM.`,
  );
}

/** A window has a frame, and cannot be as narrow as a phone. */
const ROOM = 400;

function cropped(png: Buffer, width: number, height: number): Buffer {
  const [drawnWidth, drawnHeight] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <image href="${href}" width="${drawnWidth}" height="${drawnHeight}"/></svg>`;
  return new Resvg(svg).render().asPng();
}

export interface Camera {
  /** A picture of the page, as wide as that many points and as high as it is. */
  shoot(html: string, width: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Draws pages with an installed Chromium. */
export async function openCamera(): Promise<Camera> {
  const chromium = await browser();
  const folder = await mkdtemp(join(tmpdir(), 'muster-gallery-'));
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const page = join(folder, 'page.html');
  const picture = join(folder, 'page.png');
  const url = pathToFileURL(page).href;
  return {
    async shoot(html, width) {
      await writeFile(page, html);
      const { stdout } = await run(chromium, [...FLAGS, profile, '--dump-dom', url], {
        maxBuffer: 1 << 26,
      });
      const height = Number(/<title>(\d+)<\/title>/.exec(stdout)?.[1]);
      if (!(height > 0)) throw new Error('the page does not say how high it is');
      await run(chromium, [
        ...FLAGS,
        profile,
        `--window-size=${width + ROOM},${height + ROOM}`,
        `--force-device-scale-factor=${SCALE}`,
        `--screenshot=${picture}`,
        url,
      ]);
      return cropped(await readFile(picture), width * SCALE, Math.ceil(height * SCALE));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

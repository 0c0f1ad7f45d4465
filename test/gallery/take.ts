import { mkdir, rm, writeFile } from 'node:fs/promises';
import { test } from 'vitest';
import { withPalette } from '../cases/palette-png.ts';
import { createStory } from '../support/story.ts';
import type { Screen } from './act.ts';
import { ACTS } from './acts.ts';
import { openCamera } from './chromium.ts';
import { page } from './html/page.ts';
import { pen } from './html/pen.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const PICTURES = new URL('gallery/', DOCS);
const WIDTH = 720;
/** A picture with a line of text in it is larger than this; a blank one is not. */
const LEAST_BYTES = 2000;

const HEAD = `# What people see

Every picture is taken from the running service: the stories of \`test/gallery\` are played against the simulated workspace, and what Muster sent is drawn the way Slack draws it, near enough to judge it. \`npm run gallery\` takes them anew; it needs Chromium.
`;

const imageOf = ({ name, caption }: Screen): string =>
  `### ${caption}\n\n![${caption}](gallery/${name}.png)\n`;

test('the gallery is drawn', async () => {
  const camera = await openCamera();
  const parts = [HEAD];
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  try {
    for (const { title, options, play } of ACTS) {
      parts.push(`## ${title}\n`);
      const story = await createStory(options);
      try {
        await play(story, async (screen, who, shown) => {
          if (Array.isArray(shown) && shown.length === 0)
            throw new Error(`there is nothing to be seen of ${screen.name}`);
          const user = story.workspace.users.get(story.idOf(who));
          const width = screen.width ?? WIDTH;
          const html = page(
            {
              pen,
              width: 0,
              zone: user?.tz ?? 'UTC',
              now: story.clock.reading(),
              users: story.workspace.users,
              channels: story.workspace.channels,
              userGroups: story.workspace.userGroups,
            },
            shown,
            width,
          );
          if (Array.isArray(shown) && shown.length === 0)
            throw new Error(`${screen.name}: there is nothing to show`);
          const picture = await camera.shoot(html, width);
          if (picture.length < LEAST_BYTES) throw new Error(`${screen.name}: the picture is blank`);
          await writeFile(new URL(`${screen.name}.png`, PICTURES), withPalette(picture));
          parts.push(imageOf(screen));
          process.stdout.write(`${screen.name}\n`);
        });
      } finally {
        await story.stop();
      }
    }
  } finally {
    await camera.close();
  }
  await writeFile(new URL('gallery.md', DOCS), parts.join('\n'));
}, 600_000);

import { type Draft, standing } from '../../domain/postmortem/index.ts';
import type { Scene } from '../picture/shapes.ts';
import { sceneHtml } from '../picture/svg.ts';
import { blocksHtml } from './blocks.ts';
import { POLICY, STYLE } from './style.ts';
import { entriesIn } from './table.ts';
import { escaped, type Page } from './text.ts';

/** What is no part of the draft itself. */
interface Looks {
  readonly private: boolean;
  /** One for each incident, drawn into the page. */
  readonly pictures?: readonly Scene[];
}

/**
 * The draft as one file that needs nothing else: no script, no request, and a policy that forbids
 * both, whatever people typed.
 */
export function draftHtml(draft: Draft, { private: secret, pictures = [] }: Looks): string {
  const { title, sections, zones, people } = draft;
  const page: Page = { zones, people, rows: rowsOf(draft) };
  const name = escaped(`Postmortem: ${title}`);
  const parts = sections.map(
    ({ id, heading, blocks }) => `<section aria-labelledby="${id}">
<h2 id="${id}">${escaped(heading)}</h2>
${blocksHtml(blocks, page, heading)}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${name.replaceAll('\n', ' ')}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${name.replaceAll('\n', ' ')}</h1>
<p>${standing(draft)}.${secret ? ' Private: for members of the incident’s channel only.' : ''}</p>
</header>
<nav aria-label="Contents">
<ol>
${sections.map(({ id, heading }) => `<li><a href="#${id}">${escaped(heading)}</a></li>`).join('\n')}
</ol>
</nav>
<main>
${[...pictures.map((scene, place) => sceneHtml(scene, `picture-${place + 1}`)), ...parts].join('\n')}
</main>
</body>
</html>
`;
}

/** Numbers of entries are those of one incident: in a report over several no row can be meant. */
function rowsOf({ sections, metrics }: Draft): ReadonlySet<string> {
  if (new Set(metrics.map(({ incident }) => incident)).size > 1) return new Set();
  return new Set(sections.flatMap(({ blocks }) => entriesIn(blocks)));
}

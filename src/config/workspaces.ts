import type { Settings } from '../domain/settings.ts';
import { crossChecks } from './cross-checks.ts';
import { unsetKeys } from './cross-webhooks.ts';
import { doubts } from './doubts.ts';
import { pathText } from './place.ts';
import { fileSchema } from './schema.ts';
import { settle } from './settle.ts';
import type { Variables } from './variables.ts';
import { type Found, isSection, section } from './written.ts';

const SECTION = 'workspaces';

/** A file as it holds for one workspace: what its section says, and the rest of the file. */
interface Overlay {
  readonly id: string;
  /** The keys that its section has. */
  readonly own: readonly string[];
  readonly written: Readonly<Record<string, unknown>>;
}

function overlaysOf(root: unknown): readonly Overlay[] {
  const { [SECTION]: _, ...file } = isSection(root) ? root : {};
  return Object.entries(section(root, SECTION)).map(([id, written]) => {
    const own = isSection(written) ? written : {};
    return { id, own: Object.keys(own), written: { ...file, ...own } };
  });
}

const sameAs = (one: Found) => (other: Found) =>
  pathText(one.keys) === pathText(other.keys) && one.reason === other.reason;

/** Where a finding stands: in the section, or outside of it, wrong only together with the section. */
function placed({ id, own }: Overlay, found: Found): Found {
  const [first = ''] = found.keys;
  if (own.includes(String(first))) return { ...found, keys: [SECTION, id, ...found.keys] };
  const reason = `does not fit what is outside of it: ${pathText(found.keys)} ${found.reason}`;
  return { ...found, keys: [SECTION, id], reason };
}

/** What is wrong in a workspace that is not wrong in the file without it. */
const news = (root: unknown, look: (root: unknown) => readonly Found[]): readonly Found[] => {
  const before = look(root);
  return overlaysOf(root).flatMap((overlay) =>
    look(overlay.written)
      .filter((found) => !before.some(sameAs(found)))
      .map((found) => placed(overlay, found)),
  );
};

/** What is wrong between the parts of the file, as each workspace sees it. */
export const workspaceChecks = (root: unknown, variables: Variables | null): readonly Found[] =>
  news(root, (each) => [...crossChecks(each), ...unsetKeys(each, variables)]);

const doubtsOf = (written: unknown): readonly Found[] => {
  const file = fileSchema.parse(written ?? {});
  return doubts(file, settle(file));
};

/** What can be read and is probably not meant, in sections of workspaces; the file must be right. */
export const workspaceDoubts = (root: unknown): readonly Found[] =>
  // What is outside of a section is not meant for its workspace where the section says otherwise.
  news(root, doubtsOf).filter(({ keys }) => keys.length > 2);

/** The settings of each workspace that has a section of its own; the file must be right. */
export const workspaceSettings = (root: unknown): Readonly<Record<string, Settings>> =>
  Object.fromEntries(
    overlaysOf(root).map((overlay) => [overlay.id, settle(fileSchema.parse(overlay.written))]),
  );

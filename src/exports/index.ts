import { type Archive, recordOf } from '../domain/archive.ts';
import { incidentName } from '../domain/incident.ts';
import { composeDraft, type Draft, draftMarkdown } from '../domain/postmortem/index.ts';
import type { IncidentRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import type { ExportFormat, PresetName } from '../domain/words.ts';
import { calendar } from './calendar.ts';
import { draftHtml } from './html/document.ts';
import { recordJson } from './json.ts';
import { incidentScene, scenePng } from './picture/index.ts';
import { timelineCsv } from './timeline-csv.ts';

/** What an export is made from. */
export interface Exporting {
  readonly archive: Archive;
  /** The other incidents of its report. */
  readonly others?: readonly Archive[];
  readonly settings: Settings;
  /** The newest draft that was kept. */
  readonly draft: { readonly version: number; readonly markdown: string } | null;
  /** Another form of the draft than the configured one, for the Markdown. */
  readonly preset?: PresetName | null;
}

/** A file, but for what ends its name. */
export interface Export {
  /** `INC-42`. */
  readonly name: string;
  readonly title: string;
  readonly content: string | Uint8Array;
  /** What stands beside it where it is posted: for a picture, what it shows. */
  readonly words?: string;
}

/** What a format makes of it. */
type Written = Pick<Export, 'content' | 'words'>;

/** Every format there is. To add one, write its file and add a row. */
const EXPORTS: Readonly<
  Record<
    ExportFormat,
    {
      readonly what: string;
      readonly write: (given: Exporting) => string | Promise<Written>;
    }
  >
> = {
  md: {
    what: 'postmortem',
    write: (given) => {
      const kept = given.preset ? undefined : given.draft?.markdown;
      return kept ?? draftMarkdown(drafted(given));
    },
  },
  html: { what: 'postmortem', write: page },
  png: { what: 'picture', write: ({ archive, settings }) => picture(archive, settings) },
  json: { what: 'record', write: (given) => recordJson(allOf(given)) },
  csv: { what: 'timeline', write: (given) => timelineCsv(allOf(given), given.settings) },
  ics: { what: 'dates', write: (given) => calendar(allOf(given)) },
};

const allOf = ({ archive, others = [] }: Exporting): readonly Archive[] => [archive, ...others];

/** The draft of the record as it is now, under the version that was posted last. */
function drafted(given: Exporting): Draft {
  const { archive, settings, draft, preset = null } = given;
  return composeDraft({ records: allOf(given).map(recordOf) }, settings, {
    version: draft?.version ?? 1,
    now: archive.asOf,
    preset,
  });
}

/** The draft as a page, with the picture where it is for readers inside. */
function page(given: Exporting): string {
  const { archive, settings } = given;
  const draft = drafted(given);
  const scenes = allOf(given).map((one) => incidentScene(one, settings, { within: true }));
  const pictures = draft.outward ? [] : scenes;
  return draftHtml(draft, { private: archive.incident.private, pictures });
}

/**
 * The incident as a PNG, with what it shows in words. Throws where it cannot be drawn: whoever calls
 * goes on without it.
 */
export async function picture(
  record: IncidentRecord,
  settings: Settings,
): Promise<{ readonly content: Uint8Array; readonly words: string }> {
  const scene = incidentScene(record, settings);
  return { content: await scenePng(scene), words: scene.words };
}

/** The record, or what is made of it, as a file of the given format. */
export async function writeExport(format: ExportFormat, given: Exporting): Promise<Export> {
  const { what, write } = EXPORTS[format];
  const name = incidentName(given.archive.incident);
  const { preset } = given;
  const written = await write(given);
  return {
    name: preset ? `${name}-${preset}` : name,
    title: `${name} ${what} (${preset ? `${format}, ${preset}` : format})`,
    ...(typeof written === 'string' ? { content: written } : written),
  };
}

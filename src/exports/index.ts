import type { Archive } from '../domain/archive.ts';
import { incidentName } from '../domain/incident.ts';
import { composeDraft, type Draft, draftMarkdown } from '../domain/postmortem/index.ts';
import type { PresetName } from '../domain/postmortem/presets.ts';
import type { Settings } from '../domain/settings.ts';
import type { ExportFormat } from '../domain/words.ts';
import { calendar } from './calendar.ts';
import { draftHtml } from './html/document.ts';
import { recordJson } from './json.ts';
import { timelineCsv } from './timeline-csv.ts';

/** What an export is made from. */
export interface Exporting {
  readonly archive: Archive;
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
  readonly content: string;
}

/** Every format there is. To add one, write its file and add a row. */
const EXPORTS: Readonly<
  Record<ExportFormat, { readonly what: string; readonly write: (given: Exporting) => string }>
> = {
  md: {
    what: 'postmortem',
    write: (given) => {
      const kept = given.preset ? undefined : given.draft?.markdown;
      return kept ?? draftMarkdown(drafted(given));
    },
  },
  html: {
    what: 'postmortem',
    write: (given) => draftHtml(drafted(given), { private: given.archive.incident.private }),
  },
  json: { what: 'record', write: ({ archive }) => recordJson([archive]) },
  csv: { what: 'timeline', write: ({ archive, settings }) => timelineCsv([archive], settings) },
  ics: { what: 'dates', write: ({ archive }) => calendar([archive]) },
};

/** The draft of the record as it is now, under the version that was posted last. */
const drafted = ({ archive, settings, draft, preset = null }: Exporting): Draft =>
  composeDraft({ records: [archive] }, settings, {
    version: draft?.version ?? 1,
    now: archive.asOf,
    preset,
  });

/** The record, or what is made of it, as a file of the given format. */
export function writeExport(format: ExportFormat, given: Exporting): Export {
  const { what, write } = EXPORTS[format];
  const name = incidentName(given.archive.incident);
  const { preset } = given;
  return {
    name: preset ? `${name}-${preset}` : name,
    title: `${name} ${what} (${preset ? `${format}, ${preset}` : format})`,
    content: write(given),
  };
}

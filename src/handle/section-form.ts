import type { Filled } from '../commands/command.ts';
import { seenToken } from '../commands/section-line.ts';
import type { Incident } from '../domain/incident.ts';
import { composeSection } from '../domain/postmortem/index.ts';
import { entriesNamed } from '../domain/postmortem/phrases.ts';
import { mayReplace, sectionsShown } from '../domain/postmortem/section-names.ts';
import { isSectionId, type SectionId } from '../domain/postmortem/sections.ts';
import type { IncidentRecord, Report } from '../domain/record.ts';
import {
  type Block,
  buttons,
  heading,
  type Message,
  note,
  paragraph,
  user,
} from '../domain/text.ts';
import { button, titled } from '../domain/views/phrases.ts';
import type { Ports } from '../ports.ts';
import type { Handled } from './input.ts';

/** The form in which a section is written: what is generated above, what somebody wrote in the field. */
export async function sectionForm(
  filled: Filled,
  incident: Incident,
  { store, settings }: Ports,
): Promise<Handled> {
  const section = filled.section ?? '';
  const report = isSectionId(section) ? await store.report(incident.id) : null;
  if (report === null || !isSectionId(section)) throw new Error(`there is no section ${section}`);
  return { type: 'form', form: 'section', incident, ...shownIn(section, filled, report, settings) };
}

function shownIn(
  id: SectionId,
  filled: Filled,
  report: Report,
  settings: Ports['settings'],
): { readonly filled: Filled; readonly above: readonly Block[] } {
  const { heading: title, generated, written } = composeSection(report, settings, id);
  const { seq = 0, nextEntry: next = 1 } = report.records[0]?.incident ?? {};
  const entry = written?.entry;
  const seen = {
    seq,
    next,
    written: entry === undefined ? null : { entry: entry.no, revision: entry.revision },
  };
  const changed =
    written === null || written.changed.length === 0
      ? []
      : [paragraph(`${entriesNamed(written.changed)} changed since this was written.`)];
  const who =
    written === null
      ? []
      : [
          note(
            `The text below is #${written.entry.no}`,
            ...(written.by === null ? [] : [', by ', user(written.by)]),
            '.',
          ),
        ];
  return {
    filled: {
      section: id,
      place: filled.place || entry?.detail.place || 'beside',
      text: entry?.text ?? '',
      seen: seenToken(seen),
      replaces: mayReplace(id) ? 'yes' : '',
    },
    above: [heading(`${title}: generated from the record`), ...generated, ...changed, ...who],
  };
}

/** The sections of the draft, each with a button to edit it. */
export function sectionList(record: IncidentRecord, settings: Ports['settings']): Message {
  const { incident, entries } = record;
  const written = new Set(
    entries.flatMap(({ detail, struck }) =>
      detail?.type === 'section' && struck === null ? [detail.section] : [],
    ),
  );
  const shown = sectionsShown(settings);
  const own = shown.filter(({ id }) => written.has(id)).map(({ heading: title }) => title);
  const first = `Which section of the draft of ${titled(incident)}?`;
  const said =
    own.length === 0
      ? 'All of it is generated from the record so far.'
      : `With words of yours: ${own.join(', ')}. The rest is generated from the record.`;
  return {
    summary: [first],
    blocks: [
      paragraph(first),
      note(said),
      buttons(
        ...shown.map(({ id, heading: title }) =>
          button(incident, title, `postmortem section ${id}`),
        ),
      ),
    ],
  };
}

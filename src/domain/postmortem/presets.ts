import type { IncidentRecord } from '../record.ts';
import type { Settings } from '../settings.ts';
import type { PresetName } from '../words.ts';
import { isOutward, isSectionId, SECTIONS, type SectionId } from './sections.ts';

/** One form of the draft: its sections in their order, under their own headings where they have some. */
interface Preset {
  /** What it is for, in a few words. */
  readonly for: string;
  readonly sections: readonly (SectionId | readonly [SectionId, heading: string])[];
}

/** What each form is made of. To add one, name it in `PRESET_NAMES` and add a row. */
export const PRESETS = {
  standard: {
    for: 'whoever was there, and whoever was not',
    sections: [
      'header',
      'summary',
      'impact',
      'timeline',
      'metrics',
      'analysis',
      'response',
      'actions',
      'communication',
      'questions',
    ],
  },
  classic: {
    for: 'a review that is read from beginning to end',
    sections: [
      'header',
      ['summary', 'Issue summary'],
      'impact',
      'timeline',
      'trigger',
      ['causes', 'Root cause'],
      'detection',
      'investigation',
      ['resolution', 'Resolution and recovery'],
      ['measures', 'Corrective and preventive measures'],
      'lessons',
      ['metrics', 'Supporting figures'],
      'communication',
      'questions',
    ],
  },
  register: {
    for: 'an incident register and its auditor: one line per field',
    sections: [
      ['header', 'Identification'],
      'summary',
      'register',
      'moments',
      'findings',
      'timeline',
      ['metrics', 'Figures and definitions'],
      'detection',
      'investigation',
      'actions',
      'communication',
      'questions',
    ],
  },
  statuspage: {
    for: 'a status page: questions and answers, before it is made fit for the outside',
    sections: [
      'header',
      ['summary', 'In short'],
      ['timeline', 'What happened?'],
      ['analysis', 'Why did this happen?'],
      ['metrics', 'What was the incident’s duration?'],
      ['impact', 'Were there any consequences or damages?'],
      ['outcome', 'Is the incident resolved?'],
      ['actions', 'What will prevent further similar incidents?'],
      ['lessons', 'What was learned?'],
      ['communication', 'What was posted, and when?'],
      'questions',
    ],
  },
  public: {
    for: 'readers outside: no internals, no names',
    sections: ['what-happened', 'why', 'duration', 'resolved', 'prevention', 'posts'],
  },
} as const satisfies Readonly<Record<PresetName, Preset>>;

export const isPreset = (word: string): word is PresetName => Object.hasOwn(PRESETS, word);

/** The form that a word names; null when it names none. */
export const presetNamed = (word: string): PresetName | null => (isPreset(word) ? word : null);

/** Whether everything in it may be read outside. */
export const isForOutside = (name: PresetName): boolean =>
  partsOf(name).every(({ id }) => isOutward(id));

/** What a draft is to be made of. */
export interface Plan {
  readonly preset: PresetName;
  readonly outward: boolean;
  readonly parts: readonly { readonly id: SectionId; readonly heading: string }[];
}

/**
 * The plan of a draft: the preset that was asked for, else the configured one with the sections
 * configured for it. What must not be read outside gets no draft for the outside: `standard` instead.
 */
export function planOf(
  asked: PresetName | null,
  { postmortem }: Settings,
  records: readonly IncidentRecord[],
): Plan {
  const configured = presetNamed(postmortem.preset) ?? 'standard';
  const name = asked ?? configured;
  const own = name === configured ? (postmortem.sections ?? []) : [];
  const parts = own.flatMap(({ id, heading }) =>
    isSectionId(id) ? [{ id, heading: heading ?? SECTIONS[id].heading }] : [],
  );
  const plan = {
    preset: name,
    outward: isForOutside(name),
    parts: parts.length > 0 ? parts : partsOf(name),
  };
  if (!plan.outward || records.every((record) => whyInside(record) === null)) return plan;
  return { preset: 'standard', outward: false, parts: partsOf('standard') };
}

/** Why nothing about an incident is written for the outside; null when it may be. */
export function whyInside({ incident }: Pick<IncidentRecord, 'incident'>): string | null {
  if (incident.private) return 'is private: nothing of it is written for the outside';
  return incident.drill ? 'was practised: there is nothing to tell outside' : null;
}

function partsOf(name: PresetName): Plan['parts'] {
  const sections: Preset['sections'] = PRESETS[name].sections;
  return sections.map((section) => {
    const [id, heading] = typeof section === 'string' ? [section, null] : section;
    return { id, heading: heading ?? SECTIONS[id].heading };
  });
}

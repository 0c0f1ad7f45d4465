import { isForOutside, presetNamed } from '../domain/postmortem/presets.ts';
import { isOutward, isSectionId } from '../domain/postmortem/sections.ts';
import { DEFAULTS } from './defaults.ts';
import { nearest } from './nearest.ts';
import { ownSection, PRESET_NAMES, SECTION_NAMES } from './postmortem.ts';
import { shown } from './problem.ts';
import { type Found, list, section } from './written.ts';

/** What is wrong between the form of the drafts and the forms and sections there are. */
export const postmortemChecks = (root: unknown): readonly Found[] => [
  ...unknownPreset(root),
  ...unknownSections(root),
  ...twice(root),
  ...insideOutside(root),
];

const presetOf = (root: unknown): unknown =>
  section(root, 'postmortem').preset ?? DEFAULTS.postmortem.preset;

interface Written {
  readonly id: string;
  readonly keys: readonly PropertyKey[];
}

const sectionsOf = (root: unknown): readonly Written[] =>
  list(section(root, 'postmortem'), 'sections').flatMap((written, place) => {
    const own = ownSection.read(written);
    return own === undefined ? [] : [{ id: own.id, keys: ['postmortem', 'sections', place] }];
  });

const known = (meant: string, names: readonly string[]): string => {
  const near = nearest(meant, names);
  return near === null ? `there are ${names.join(', ')}` : `did you mean ${near}?`;
};

function unknownPreset(root: unknown): readonly Found[] {
  const preset = presetOf(root);
  if (typeof preset !== 'string' || presetNamed(preset) !== null) return [];
  return [
    {
      keys: ['postmortem', 'preset'],
      reason: `there is no preset ${shown(preset)}`,
      fix: known(preset, PRESET_NAMES),
    },
  ];
}

const unknownSections = (root: unknown): readonly Found[] =>
  sectionsOf(root)
    .filter(({ id }) => !isSectionId(id))
    .map(({ id, keys }) => ({
      keys,
      reason: `there is no section ${shown(id)}`,
      fix: known(id, SECTION_NAMES),
    }));

const twice = (root: unknown): readonly Found[] =>
  sectionsOf(root)
    .filter(({ id }, place, all) => all.findIndex((other) => other.id === id) < place)
    .map(({ id, keys }) => ({
      keys,
      reason: `${shown(id)} is in the draft already`,
      fix: 'name each section once',
    }));

/** Readers outside would be shown what is for us alone. */
function insideOutside(root: unknown): readonly Found[] {
  const preset = presetOf(root);
  const name = typeof preset === 'string' ? presetNamed(preset) : null;
  if (name === null || !isForOutside(name)) return [];
  return sectionsOf(root).flatMap(({ id, keys }) => {
    if (!isSectionId(id) || isOutward(id)) return [];
    return [
      {
        keys,
        reason: `${shown(id)} shows internals, and ${name} is for readers outside`,
        fix: `leave it out, or write a preset for yourselves: ${PRESET_NAMES.filter((other) => other !== name).join(', ')}`,
      },
    ];
  });
}

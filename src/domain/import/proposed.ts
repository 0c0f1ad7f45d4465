import type { Kind } from '../words.ts';

/** Milestones that a line states in so many words, and the kind that offers each. */
const STATED: readonly { readonly kind: Kind; readonly words: RegExp }[] = [
  { kind: 'impact', words: /\b(?:impact|outage) (?:start(?:s|ed)|begins|began)\b/i },
  { kind: 'detected', words: /\bdetected\b/i },
  { kind: 'mitigation', words: /\bmitigated\b/i },
  {
    kind: 'recovered',
    words: /\b(?:impact|outage) ended\b|\bresolved\b|\bfully restored\b|\bback online\b/i,
  },
];

/** Words with which a line says that it was not so, not yet, or only in part. */
const UNSURE =
  /\b(?:not|no|never|nothing|until|unless|if|whether|when|before|fail(?:s|ed|ing)?|cannot|be|being|should|would|could|will|may|might|partly|partially|almost|nearly|seems?|assumed|unresolved|un\w+ed)\b|n[’']t\b|\?/i;

/** The kinds to propose for a line: only what it states, and nothing where it hedges. */
export function proposedKinds(text: string): readonly Kind[] {
  if (UNSURE.test(text)) return [];
  return STATED.filter(({ words }) => words.test(text)).map(({ kind }) => kind);
}

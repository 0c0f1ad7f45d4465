import type { Level, Permission, Standing } from './permissions.ts';
import type { Source } from './words.ts';

/** What was refused to whom, for the list that administrators look at. */
export interface Denial {
  /** `see`: an incident that they may not know of. */
  readonly what: Permission | 'see';
  /** Who may; null where seeing is all that was missing. */
  readonly needs: Level | null;
  readonly standing: Standing;
  readonly source: Source;
  readonly incident: string | null;
}

/** That somebody looked for an incident which they may not know of. */
export const notSeen = (incident: string, standing: Standing, source: Source): Denial => ({
  what: 'see',
  needs: null,
  standing,
  source,
  incident,
});

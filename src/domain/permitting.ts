import type { Denial } from './denial.ts';
import { COMMANDER, type Incident, incidentName } from './incident.ts';
import { type Level, PERMISSIONS, type Permission, type Standing } from './permissions.ts';
import type { Refusal } from './result.ts';
import type { Settings } from './settings.ts';
import type { Source } from './words.ts';

/** Who asks, as far as it decides what they may. */
export interface Asker {
  readonly id: string;
  readonly standing: Standing;
  /** Whether they take part in the incident; only looked up where it decides. */
  readonly takesPart: boolean;
}

/** Who may do something here. */
export const levelOf = ({ permissions }: Pick<Settings, 'permissions'>, what: Permission): Level =>
  permissions[what] ?? PERMISSIONS[what].level;

/** Whether it must be known who takes part in the incident, to say who may. */
export const asksWhoTakesPart = (level: Level): boolean =>
  level === 'responder' || level === 'commander';

/** What Slack's profile makes of somebody; the configuration's administrators are that anyway. */
export function standingOf(
  id: string,
  person: { readonly admin: boolean; readonly guest: boolean } | null,
  { administrators }: Pick<Settings, 'administrators'>,
): Standing {
  if (administrators.includes(id)) return 'administrator';
  if (person === null) return 'unknown';
  if (person.guest) return 'guest';
  return person.admin ? 'administrator' : 'member';
}

/**
 * Whether somebody belongs to a level.
 *
 * Whom Slack has not described in time is taken for a member where anything can be taken back: an
 * incident must not wait for a profile. For the rest they are nobody.
 */
function belongs(level: Level, asker: Asker, about: Incident | null): boolean {
  const { id, standing, takesPart } = asker;
  if (standing === 'administrator' || level === 'guest') return true;
  if (standing === 'guest' || level === 'administrator') return false;
  if (level === 'anyone') return true;
  if (level === 'responder') return takesPart;
  if (standing === 'unknown') return false;
  const commander = about?.roles[COMMANDER];
  return commander === undefined ? takesPart : commander === id;
}

/** What is asked for, by whom and where. */
export interface Asked {
  readonly what: Permission;
  readonly asker: Asker;
  /** The incident it is about; null for the workspace. */
  readonly incident: Incident | null;
  readonly source: Source;
}

/** Why somebody may not do something, with who may and whom to ask; null where they may. */
export function whyDenied(
  { what, asker, incident: about, source }: Asked,
  settings: Pick<Settings, 'permissions' | 'administrators'>,
): Refusal | null {
  const level = levelOf(settings, what);
  if (belongs(level, asker, about)) return null;
  const { standing } = asker;
  const denied: Denial = { what, needs: level, standing, source, incident: about?.id ?? null };
  return { ...inWords(what, level, asker, about), ask: whomToAsk(level, about, settings), denied };
}

const MOST_ASKED = 3;

function whomToAsk(
  level: Level,
  about: Incident | null,
  { administrators }: Pick<Settings, 'administrators'>,
): readonly string[] {
  const commander = about?.roles[COMMANDER];
  if (level === 'administrator' || about === null) return administrators.slice(0, MOST_ASKED);
  return [commander ?? about.declaredBy];
}

function inWords(
  what: Permission,
  level: Level,
  { standing }: Asker,
  about: Incident | null,
): Pick<Refusal, 'reason' | 'example'> {
  const { does } = PERMISSIONS[what];
  const name = about === null ? '' : incidentName(about);
  if (standing === 'guest')
    return {
      reason: `Guests and people of other organisations may not ${does}; only full members of this workspace may.`,
      ...(about === null ? {} : { example: 'log What you want to have recorded' }),
    };
  if (level === 'administrator')
    return {
      reason: `Only an administrator may ${does}: one of Slack’s, or one named in muster.yaml.`,
    };
  if (standing === 'unknown' && level === 'commander')
    return {
      reason: `Slack has not said in time who you are, and only the commander of ${name} may ${does}. Try again in a moment.`,
    };
  if (level === 'responder')
    return {
      reason: `Only those who take part in ${name} may ${does}: who declared it, has a role in it, wrote in it or was pinged for it.`,
      example: 'log I am helping',
    };
  if (about?.roles[COMMANDER] === undefined)
    return {
      reason: `Nobody leads ${name}, and you have no part in it yet: whoever takes command may ${does}.`,
      example: 'lead me',
    };
  return { reason: `Only the commander of ${name} may ${does}, or an administrator.` };
}

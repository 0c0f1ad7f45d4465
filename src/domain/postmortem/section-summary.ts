import type { Entry } from '../entry.ts';
import type { Instant } from '../instant.ts';
import { type Block, paragraph } from '../text.ts';
import { type Context, from, leadTime } from './context.ts';
import { fixesOf } from './fixes.ts';
import { firstSentence, lengthOf, quoted } from './phrases.ts';
import { beginning, found, lastMark, mark, markEntry, type Telling } from './telling.ts';

/** At most five sentences per incident that stand alone: what, how long, noticed how, why, repaired how. */
export function summarySection(context: Context): readonly Block[] {
  return [
    ...which(context),
    ...context.tellings.map((telling) => {
      const name = context.several ? `${telling.name}: ` : '';
      return paragraph(`${name}${summaryOf(context, telling).join(' ')}`);
    }),
  ];
}

/** Of several incidents, how many there are and since when each. */
function which(context: Context): readonly Block[] {
  if (!context.several) return [];
  const named = context.tellings.map((telling) => {
    const at = beginning(telling);
    return at === null ? telling.name : `${telling.name} (${leadTime(context, at)})`;
  });
  return [paragraph(`This report is about ${named.length} incidents: ${named.join(', ')}.`)];
}

function summaryOf(context: Context, telling: Telling): readonly string[] {
  return [
    whatUsersSaw(context, telling),
    howLong(context, telling),
    whoNoticed(context, telling),
    why(context, telling),
    howRepaired(context, telling),
  ];
}

/** One sentence that quotes what was recorded; a fuller text stands in its section. */
const quote = (label: string, entry: Entry, source: string): string =>
  `${label}: ${quotedOf(entry)}${source}.`;

const quotedOf = ({ text }: Entry): string => quoted(firstSentence(text).replace(/[.。]$/u, ''));

function whatUsersSaw(context: Context, telling: Telling): string {
  const effects = found(telling, 'effect');
  const [first] = effects;
  if (first === undefined) return 'The effect on users is not recorded.';
  // How many were affected belongs to what they saw.
  const counted = /\d/.test(first.text)
    ? undefined
    : effects.find(({ text }) => /\d ?%/.test(text));
  const shown = counted === undefined ? [first] : [first, counted];
  const said = shown.map((entry) => `${quotedOf(entry)}${from(context, telling, entry.no)}`);
  return `Effect: ${said.join('; ')}.`;
}

const howLong = (context: Context, telling: Telling): string =>
  `${sinceWhen(context, telling)}; ${howEnded(context, telling)}.`;

/** How long users felt it, and how long it took altogether where that is another length. */
function sinceWhen(context: Context, telling: Telling): string {
  const figure = (wanted: string) =>
    context.metrics.find(({ id, incident }) => id === wanted && incident === telling.name)?.figure;
  const [impact, incident] = [figure('impact'), figure('incident')];
  const known = impact?.known === true ? impact.ms : null;
  const whole = incident?.known === true && incident.ms !== known ? lengthOf(incident.ms) : null;
  const started = mark(telling, 'impact started');
  if (started === null) {
    const since = 'When the impact started is not recorded, so its length is unknown';
    return whole === null ? since : `${since}; from its detection on the incident lasted ${whole}`;
  }
  const since = `The impact started ${leadTime(context, started.at)}${from(context, telling, started.entry)}`;
  const lasted = known === null ? 'its length is unknown' : `lasted ${lengthOf(known)}`;
  const altogether = whole === null ? '' : `; the incident lasted ${whole}`;
  return known === null
    ? `${since}; ${lasted}${altogether}`
    : `${since} and ${lasted}${altogether}`;
}

function howEnded(context: Context, telling: Telling): string {
  const resolved = lastMark(telling, 'resolved');
  if (resolved === null) return 'no resolution is recorded';
  const said = (at: Instant, entry: number): string =>
    `${leadTime(context, at)}${from(context, telling, entry)}`;
  const last = telling.rounds.at(-1) ?? 0;
  const again = mark(telling, 'reopened', last);
  const end = `it was resolved ${said(resolved.at, resolved.entry)}`;
  if (last === 0 || again === null) return end;
  if (mark(telling, 'resolved', last) !== null) {
    return `it was reopened, last ${said(again.at, again.entry)}, and resolved ${said(resolved.at, resolved.entry)}`;
  }
  return `${end} and reopened ${said(again.at, again.entry)}, and no later resolution is recorded`;
}

function whoNoticed(context: Context, telling: Telling): string {
  const detected = markEntry(telling, 'detected');
  if (detected === null) return 'When and by what it was detected is not recorded.';
  const at = detected.at === null ? 'at a time not recorded' : leadTime(context, detected.at);
  const by =
    detected.detail?.type === 'detected' && detected.detail.by !== null
      ? ` by ${detected.detail.by}`
      : '';
  return `Detected ${at}${by}: ${quotedOf(detected)}${from(context, telling, detected.no)}.`;
}

function why(context: Context, telling: Telling): string {
  const causes = found(telling, 'cause');
  const cause =
    causes.find(({ detail }) => detail.role === 'root') ??
    causes.find(({ detail }) => detail.role === 'contributing') ??
    causes.find(({ detail }) => detail.role === 'trigger');
  if (cause === undefined) return 'The cause is not recorded.';
  const label = { root: 'Root cause', contributing: 'Contributing cause', trigger: 'Trigger' };
  const { role } = cause.detail;
  const said = role === 'worsened' || role === 'limited' ? 'Cause' : label[role];
  return quote(said, cause, from(context, telling, cause.no));
}

function howRepaired(context: Context, telling: Telling): string {
  const fixes = fixesOf(telling);
  const fix = fixes.find(({ detail }) => detail.permanence === 'permanent') ?? fixes[0];
  if (fix !== undefined) {
    const label = fix.detail.permanence === 'temporary' ? 'Temporary fix' : 'Fix';
    return quote(label, fix, from(context, telling, fix.no));
  }
  const mitigated = markEntry(telling, 'mitigated');
  if (mitigated === null) return 'The fix is not recorded.';
  return quote('No fix is recorded; mitigation', mitigated, from(context, telling, mitigated.no));
}

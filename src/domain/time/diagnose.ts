import { type Instant, inZone } from '../instant.ts';
import { pad, scanClock, timeOfDay } from './clock.ts';
import { isoDay } from './dates.ts';
import { scanLength } from './duration.ts';
import { formatLength } from './format.ts';
import { quote, refuseTime, type TimeContext, type TimeRefusal } from './reading.ts';
import type { Form } from './scan.ts';
import { dayAt } from './wall.ts';
import { refuseUnknown } from './zones.ts';

type Refused = { ok: false; refusal: TimeRefusal };

const VAGUE =
  /\b(?:morning|afternoon|evening|night|tonight|midday|lunch|lunchtime|breakfast|dinner|earlier|later|recently|lately|soon|while|few|couple|several|some|sometime|moments?|just|before|after|almost|nearly|dawn|dusk|eod|cob|asap|once|day|week|month|year|weekend|start|beginning)s?\b/i;
const FIGURE = /\d/y;

/** Says why a text that was not understood to its end is no time, and what would be one. */
export function refuseUnread(
  typed: string,
  text: string,
  form: Form | null,
  context: TimeContext,
): Refused {
  if (form?.range != null) return refuseRange(form.range);
  const left = form === null ? text : text.slice(form.end).trim();
  if (VAGUE.test(left) || VAGUE.test(text)) return refuseVague(typed, context);
  if (form?.clock != null && form.zone === null) {
    const zone = /^[([]?([a-z][\w/+-]{0,39}|[+-] ?\d[\d:]{0,5})[)\]]?$/i.exec(left)?.[1];
    if (zone !== undefined) return refuseUnknownZone(zone, form);
  }
  const length = /^[+-]? ?(.+)$/.exec(text)?.[1] ?? '';
  const isLength = scanLength(length, 0)?.end === length.length && length !== '';
  const offers = isLength ? [`${length} ago`] : suggestions(text, context);
  const reason = `I cannot read a time in ${quote(typed)}; try ${offers.join(' or ')}`;
  return refuseTime('unreadable', reason, offers);
}

function refuseUnknownZone(zone: string, form: Form): Refused {
  const { refusal } = refuseUnknown(zone);
  const parts = [form.date?.typed, form.clock?.typed.trim()].filter((part) => part !== undefined);
  return refuseTime(refusal.code, refusal.reason, [parts.join(' '), `${parts.join(' ')} UTC`]);
}

/** Refuses what was understood but is not one past moment. */
export function refuseForm(form: Form, typed: string, context: TimeContext): Refused | null {
  if (form.range !== null) return refuseRange(form.range);
  if (form.offset !== null) return refuseOffset(form.offset, context.now);
  if (form.clock !== null || form.now) return null;
  return refuseDateOnly(form.date?.typed ?? '', typed, context);
}

function refuseRange({ first, second }: { first: string; second: string }): Refused {
  const reason = 'give one moment; log the start and the end as two entries';
  return refuseTime('range', reason, [first.trim(), second.trim()]);
}

function refuseOffset(offset: NonNullable<Form['offset']>, now: Instant): Refused | null {
  if (offset.direction === 'ahead' && offset.ms > 0) {
    const length = formatLength(offset.ms);
    const reason = `that is in the future; an entry records what has happened. Did you mean ${length} ago?`;
    return refuseTime('future', reason, [`${length} ago`]);
  }
  if (now - offset.ms >= 0) return null;
  return refuseTime('no-such-date', 'that is before 1970: write the date as YYYY-MM-DD');
}

function refuseDateOnly(date: string, typed: string, context: TimeContext): Refused {
  const dated = `${date} ${clockNow(context)}`;
  // `May 5 2015` may have been meant as quarter past eight.
  const [, day, hour, minute] = /^(.+?)[ ,]+([01]\d|2[0-3])([0-5]\d)$/.exec(date) ?? [];
  const other = day === undefined ? [] : [`${day} ${hour}:${minute}`];
  const reason = `I cannot read a time in ${quote(typed)}: it is only a date; add the time of day, e.g. ${dated}`;
  return refuseTime('vague', reason, [dated, ...other]);
}

function refuseVague(typed: string, context: TimeContext): Refused {
  const offers = suggestions(typed, context);
  const reason = `I cannot read a time in ${quote(typed)}; give a time of day, e.g. ${offers.join(' or ')}, approximate if need be: ~${clockNow(context)}`;
  return refuseTime('vague', reason, offers);
}

function suggestions(text: string, context: TimeContext): readonly string[] {
  const today = isoDay(dayAt(context.now, context.zone ?? 'UTC'));
  const clock = clockWithin(text) ?? clockNow(context);
  return [clock, `${today} ${clock}`];
}

function clockNow({ now, zone }: TimeContext): string {
  return inZone(now, zone ?? 'UTC').toFormat('HH:mm');
}

/** The first clock time anywhere in the text, as 24 hours: what was probably meant. */
function clockWithin(text: string): string | null {
  const short = text.slice(0, 80);
  for (let position = 0; position < short.length; position++) {
    FIGURE.lastIndex = position;
    if (!FIGURE.test(short)) continue;
    const found = scanClock(short, position, 'strict')?.clock;
    const time = found === undefined ? null : timeOfDay(found);
    if (time?.ok === true && time.value.hour < 24) {
      return `${pad(time.value.hour)}:${pad(time.value.minute)}`;
    }
    while (/\d/.test(short[position + 1] ?? '')) position++;
  }
  const hour = /^(\d{1,2})(?: ?(?:h|hrs|hours|uhr|o'clock|-?ish))?$/i.exec(short)?.[1];
  return hour !== undefined && Number(hour) < 24 ? `${pad(Number(hour))}:00` : null;
}

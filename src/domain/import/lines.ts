import { splitLeadingTime } from '../time/prefix.ts';
import { ALWAYS, type Cursor } from './clocked.ts';
import type { Pasted, PastedLine } from './pasted.ts';
import { proposedKinds } from './proposed.ts';
import type { ImportEntry, ImportOffer, ImportQuestion, ImportRow } from './row.ts';

/** A line with a time and nothing else: its text is on the next. */
interface Waiting {
  readonly pasted: PastedLine;
  readonly entry: Pick<ImportEntry, 'at' | 'reading' | 'notes'>;
}

export type Lines = ReturnType<typeof createLines>;

/** What reading line after line has come to. */
export function createLines({ answers, lines }: Pasted, start: Cursor) {
  const rows: ImportRow[] = [];
  const questions: ImportQuestion[] = [];
  let cursor = start;
  let waiting: Waiting | null = null;

  const self = {
    rows,
    questions,
    /** Ends of times that more than one line has: a zone or date, and not the first word of each text. */
    repeated: repeatedEnds(lines),
    get cursor(): Cursor {
      return cursor;
    },
    move(part: Partial<Cursor>): void {
      cursor = { ...cursor, ...part };
    },
    /** What was answered about this line, if it is one of these offers, or one that can always be given. */
    answerTo({ line }: PastedLine, offers: readonly ImportOffer[]): string | null {
      const answer = answers[line];
      return offers.some(({ value }) => value === answer) ? (answer ?? null) : null;
    },
    ask(
      { line, text }: PastedLine,
      reason: string,
      offers: readonly ImportOffer[],
      answer: string | null,
    ): void {
      questions.push({ line, text, reason, offers, answer });
      if (answer === null) rows.push({ type: 'open', line, text, reason });
    },
    add(
      { line, kinds }: PastedLine,
      entry: Pick<ImportEntry, 'at' | 'text' | 'reading' | 'notes'>,
    ) {
      const proposed = kinds.length > 0 ? [] : proposedKinds(entry.text);
      rows.push({ type: 'entry', line, zone: cursor.zone, kinds, proposed, ...entry });
    },
    /** Remembers a time whose text is still to come. */
    wait(next: Waiting): void {
      self.finish();
      waiting = next;
    },
    /** The time that waits for this text; null when none does. */
    taken(): Waiting | null {
      const found = waiting;
      waiting = null;
      return found;
    },
    /** A time that no text has followed. */
    finish(): void {
      if (waiting === null) return;
      const { pasted } = waiting;
      waiting = null;
      const offers = ALWAYS;
      const answer = self.answerTo(pasted, offers);
      self.ask(pasted, 'This is a time without a text.', offers, answer);
      if (answer === null) return;
      if (answer === 'left out')
        rows.push({ type: 'left out', line: pasted.line, text: pasted.text });
      else self.add(pasted, { at: null, reading: null, notes: [], text: pasted.text });
    },
  };
  return self;
}

/** `14:31 CT scanner down` is unclear once; where every line has CT behind its time it is the zone. */
function repeatedEnds(lines: readonly PastedLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    const end = uncertainEnd(text);
    if (end !== null) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([end]) => end));
}

/** What belongs to the time or to the text: ` CT` of `14:31 CT scanner down`. */
export function uncertainEnd(text: string): string | null {
  const { time, otherReading } = splitLeadingTime(text);
  const other = otherReading?.time ?? null;
  if (time === null || other === null || !time.startsWith(other)) return null;
  return time.slice(other.length).trim();
}

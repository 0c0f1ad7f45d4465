import type { Lines } from './lines.ts';
import { LEFT_OUT, type PastedLine, UNTIMED } from './pasted.ts';
import type { ImportOffer } from './row.ts';

/** A line that may be asked about, with all of its words where they stand in several lines. */
export type Asked = PastedLine & { readonly whole?: string };

/** Asks, and does what every question allows; gives the answer when it is a time or a reading. */
export function answered(
  lines: Lines,
  pasted: Asked,
  reason: string,
  offers: readonly ImportOffer[],
): string | null {
  lines.finish();
  const answer = lines.answerTo(pasted, offers);
  lines.ask(pasted, reason, offers, answer);
  if (answer === UNTIMED) {
    lines.add(pasted, { at: null, reading: null, notes: [], text: pasted.whole ?? pasted.text });
    return null;
  }
  if (answer === LEFT_OUT) {
    lines.rows.push({ type: 'left out', line: pasted.line, text: pasted.text });
    return null;
  }
  return answer;
}

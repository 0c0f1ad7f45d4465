import { inZone } from '../instant.ts';
import { splitLeadingTime } from '../time/prefix.ts';
import type { Kind } from '../words.ts';
import { type Asked, answered } from './asking.ts';
import { ALWAYS, type Clocked, readClocked } from './clocked.ts';
import { AUTHOR, type Copied, type Item, TEXT } from './copied.ts';
import type { Lines } from './lines.ts';
import { GOES_ON, type PastedLine } from './pasted.ts';
import { choicesOf, choose, place, readLine } from './read-line.ts';

type Of<T extends Item['type']> = Extract<Item, { type: T }>;

/** Reads the next line, or the next message that was copied out of Slack. */
export function readItem(lines: Lines, item: Item): void {
  switch (item.type) {
    case 'line':
      readLine(lines, item.pasted);
      break;
    case 'message':
      readMessage(lines, item);
      break;
    case 'mark': {
      const { line, text } = item.pasted;
      lines.rows.push({ type: 'aside', line, text, what: item.what });
      break;
    }
    case 'who':
      askWho(lines, item);
      break;
    case 'timed within':
      readWithin(lines, item);
      break;
  }
}

function askWho(lines: Lines, { pasted, name, answer }: Of<'who'>): void {
  lines.finish();
  const offers = [
    { value: AUTHOR, label: `${name} wrote the lines below` },
    { value: TEXT, label: 'It is a text' },
  ];
  lines.ask(pasted, `Is “${name}” who wrote the lines below, or a text?`, offers, answer);
}

/** A message is one entry, with its author's name before what was written. */
function readMessage(lines: Lines, message: Copied): void {
  const { pasted, name, time, texts } = message;
  lines.finish();
  const body = written(texts);
  const text = `${name}: ${body}`;
  const [first] = texts;
  // A line is asked about once: where it was asked who wrote it, its time is asked at the next.
  const at = message.doubted ? (first ?? pasted) : pasted;
  const asked: Asked = { ...at, kinds: kindsOf(texts), whole: `${name} ${time}: ${body}` };
  if (body === '') {
    const nothing = { at: null, reading: null, notes: [], text: pasted.text };
    if (message.doubted) lines.add(pasted, nothing);
    else answered(lines, pasted, `Nothing that ${name} wrote stands here.`, ALWAYS);
    return;
  }
  const read = message.halved ? inItsHalf(time, lines) : readClocked(time, lines.cursor);
  if (read.type === 'read') place(lines, asked, read, text);
  else {
    const typed = message.halved ? `${time} ${halfOf(lines)}` : time;
    choose(lines, asked, read.reason, choicesOf(lines, typed, text));
  }
}

/** What was written, without Slack's note that it was changed. */
const written = (texts: readonly PastedLine[]): string =>
  texts
    .map(({ text, mark }) => (mark === 'item' ? `• ${text}` : text))
    .map((text) => text.replace(/\s*\(edited\)$/i, ''))
    .filter((text) => text !== '')
    .join('\n');

const kindsOf = (texts: readonly PastedLine[]): readonly Kind[] => [
  ...new Set(texts.flatMap(({ kinds }) => kinds)),
];

/** Which half of the day the message above was written in. */
function halfOf({ cursor }: Lines): 'AM' | 'PM' {
  const hour = cursor.last === null ? 0 : inZone(cursor.last, cursor.zone).hour;
  return hour < 12 ? 'AM' : 'PM';
}

/** `2:33` below `2:31 PM`: the next time after it that a clock with twelve hours shows it. */
function inItsHalf(time: string, lines: Lines): Clocked {
  const half = halfOf(lines);
  const other = half === 'AM' ? 'PM' : 'AM';
  const reads = [half, other].map((each) => readClocked(`${time} ${each}`, lines.cursor));
  const found = reads
    .filter((read) => read.type === 'read')
    .toSorted((a, b) => a.reading.at - b.reading.at)[0];
  if (found === undefined) return reads[0] ?? readClocked(time, lines.cursor);
  return { ...found, notes: [`read as ${found.reading.typed}`, ...found.notes] };
}

/** A line of a message that begins with a time: nobody can say which it is but who pasted it. */
function readWithin(lines: Lines, { pasted, name, texts }: Of<'timed within'>): void {
  const { time, rest } = splitLeadingTime(pasted.text);
  const more = written(texts);
  const joined = (text: string): string => [text, more].filter((part) => part !== '').join('\n');
  const asked: Asked = {
    ...pasted,
    kinds: [...new Set([...pasted.kinds, ...kindsOf(texts)])],
    whole: joined(pasted.text),
  };
  const choices = time === null || time === '--:--' ? [] : choicesOf(lines, time, joined(rest));
  const named = choices.map((each) => ({ ...each, label: `An entry of its own: ${each.label}` }));
  const goesOn = { value: GOES_ON, label: `It goes on with what ${name} wrote` };
  const reason = `Is this a line of what ${name} wrote, or an entry of its own?`;
  if (choose(lines, asked, reason, named, [goesOn]) !== GOES_ON) return;
  lines.rows.push({ type: 'joined', line: pasted.line, text: joined(pasted.text), by: '\n' });
}

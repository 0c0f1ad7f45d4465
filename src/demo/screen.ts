import type { WriteStream } from 'node:tty';
import { wrap } from './workspace/terminal/measure.ts';
import { createPen, type Pen } from './workspace/terminal/pen.ts';

/** Where the demo writes: a terminal with its width and colours, or a plain stream. */
export interface Screen {
  readonly pen: Pen;
  readonly width: number;
  readonly color: boolean;
  /** One line as it is. */
  line(text?: string): void;
  /** A heading with a rule under it. */
  heading(text: string): void;
  /** What the demo itself says, broken into lines. */
  tell(text: string): void;
  /** A line that the next one replaces; nothing where lines cannot be replaced. */
  passing(text: string): void;
}

const MOST = 100;
const LEAST = 40;

/** Writes to a stream; colours and width are the terminal's, 80 columns where there is none. */
export function createScreen(out: WriteStream): Screen {
  const isTerminal = out.isTTY === true;
  // `hasColors` knows NO_COLOR, FORCE_COLOR and TERM.
  const color = isTerminal && out.hasColors();
  const width = Math.max(LEAST, Math.min(MOST, (isTerminal ? out.columns : undefined) ?? 80));
  const pen = createPen(color);
  let isReplaceable = false;

  function line(text = ''): void {
    if (isReplaceable) out.write('\r\u001b[2K');
    isReplaceable = false;
    out.write(`${text}\n`);
  }

  return {
    pen,
    width,
    color,
    line,
    heading(text) {
      line();
      line(pen(text, 'bold', 'cyan'));
      line(pen('─'.repeat(width), 'dim'));
    },
    tell(text) {
      for (const part of wrap(text, width)) line(part);
    },
    passing(text) {
      if (!isTerminal) return;
      out.write(`\r\u001b[2K${text}`);
      isReplaceable = true;
    },
  };
}

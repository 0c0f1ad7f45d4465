const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of at most so many UTF-16 units, with an ellipsis where something is missing. */
export function cutLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(line.slice(0, most))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

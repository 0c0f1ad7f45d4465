import { expect, test } from 'vitest';
import { STYLE } from '../../src/exports/html/style.ts';

/** How much brighter one colour is than the other, as WCAG reckons it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((colour) => {
      const digits = colour.length === 4 ? colour.replaceAll(/[\da-f]/g, '$&$&') : colour;
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
        const part = Number.parseInt(digits.slice(place, place + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('text stands out at 7 to 1 in light, in dark and on paper', () => {
  const themes = [...STYLE.matchAll(/:root \{([^}]*--page[^}]*)\}/g)].map(([, theme = '']) =>
    Object.fromEntries(
      [...theme.matchAll(/--(\w+): (#[\da-f]+)/g)].map(([, name, colour]) => [name, colour]),
    ),
  );
  expect(themes).toHaveLength(3);
  for (const theme of themes) {
    for (const ground of ['page', 'raised', 'marked']) {
      for (const ink of ['text', 'link', ...(ground === 'page' ? ['soft'] : [])]) {
        expect(
          contrast(theme[ink] ?? '', theme[ground] ?? ''),
          `${ink} on ${ground}`,
        ).toBeGreaterThan(7);
      }
    }
  }
});

/**
 * The colours, by what they are for. Each is told apart by people who see fewer colours, and none is
 * the only sign of anything. Text stands out from what is under it at 7 to 1 or better.
 */
export const LIGHT = {
  page: '#ffffff',
  text: '#1b1f24',
  soft: '#4a5159',
  line: '#c9ced4',
  raised: '#f2f4f6',
  impact: '#fbd3bd',
  'impact-edge': '#b34a00',
  detected: '#e6e9ec',
  'detected-edge': '#6a727b',
  declared: '#fdf0b5',
  'declared-edge': '#8a6d00',
  acknowledged: '#cfe5f8',
  'acknowledged-edge': '#0b5c9e',
  mitigated: '#cdeedd',
  'mitigated-edge': '#00704a',
  reopened: '#f9d5ea',
  'reopened-edge': '#a2256e',
  severity: '#e6ddf5',
  'severity-edge': '#5b3a99',
} as const;

/** What something is drawn with. */
export type Ink = keyof typeof LIGHT;

/** The same on a dark page. */
export const DARK: Readonly<Record<Ink, string>> = {
  page: '#14171a',
  text: '#e6e9ec',
  soft: '#b4bcc4',
  line: '#3c434a',
  raised: '#1f2429',
  impact: '#5a2400',
  'impact-edge': '#ff9a5c',
  detected: '#30363c',
  'detected-edge': '#a3abb3',
  declared: '#453800',
  'declared-edge': '#e8c840',
  acknowledged: '#0a355a',
  'acknowledged-edge': '#7fc0f7',
  mitigated: '#06402c',
  'mitigated-edge': '#5fd3a3',
  reopened: '#541339',
  'reopened-edge': '#f58cc7',
  severity: '#38245f',
  'severity-edge': '#bb9cf5',
};

export const INKS = Object.keys(LIGHT) as readonly Ink[];

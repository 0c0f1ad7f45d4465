/** A part of Slack's answer that its documentation promises and its types do not. */
export function promised<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`Slack's answer has no ${what}`);
  return value;
}

// Builders of Slack's JSON, good and bad, for the tables of limits.

export type Json = Record<string, unknown>;

export const long = (length: number) => 'x'.repeat(length);
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text = 'hello', more: Json = {}) => ({
  type: 'section',
  text: mrkdwn(text),
  ...more,
});
export const button = (more: Json = {}) => ({ type: 'button', text: plain('Go'), ...more });
export const actions = (...elements: Json[]) => ({ type: 'actions', elements });
export const option = (value = 'v', text = 'Text', more: Json = {}) => ({
  text: plain(text),
  value,
  ...more,
});
export const rich = (...elements: Json[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const cell = (text = 'c') => ({ type: 'raw_text', text });
export const table = (rows: number, columns = 1, text = 'c') => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => cell(text))),
});
export const dataTable = (rows: unknown[][], more: Json = {}) => ({
  type: 'data_table',
  caption: 'Timeline',
  rows,
  ...more,
});
export const select = (more: Json) => ({ type: 'static_select', ...more });

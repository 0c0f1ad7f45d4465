import { identifier } from './composition.ts';
import {
  boolean,
  list,
  number,
  oneOf,
  pattern,
  type Rule,
  shape,
  string,
  variants,
} from './rules.ts';

const style = shape(
  {},
  { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean },
);

const leaf = (type: string, required: Record<string, Rule>, optional: Record<string, Rule> = {}) =>
  shape({ type: oneOf(type), ...required }, { style, ...optional });

const text = leaf('text', { text: string(3000) });
const link = leaf('link', { url: string(3000) }, { text: string(3000), unsafe: boolean });

const leaves: Record<string, Rule> = {
  text,
  link,
  user: leaf('user', { user_id: pattern(/^[UW][A-Z0-9]+$/, 'a user id') }),
  usergroup: leaf('usergroup', { usergroup_id: pattern(/^S[A-Z0-9]+$/, 'a user group id') }),
  channel: leaf('channel', { channel_id: pattern(/^[CGD][A-Z0-9]+$/, 'a channel id') }),
  broadcast: leaf('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  emoji: leaf('emoji', { name: string(100) }, { unicode: string(100), url: string(3000) }),
  date: leaf(
    'date',
    { timestamp: number(0), format: pattern(/\{\w+\}/, 'a format with at least one {token}') },
    { url: string(3000), fallback: string(3000) },
  ),
  color: leaf('color', { value: pattern(/^#[0-9a-fA-F]{6}$/, 'a colour such as #aabbcc') }),
  team: leaf('team', { team_id: pattern(/^T[A-Z0-9]+$/, 'a team id') }),
};

const leafList = list(variants(leaves), Number.POSITIVE_INFINITY);
const border = { border: oneOf(0, 1) };
const section = shape({ type: oneOf('rich_text_section'), elements: leafList });

/** A `rich_text` block: what people read when the text was typed by somebody. */
export const richText: Rule = shape(
  {
    type: oneOf('rich_text'),
    elements: list(
      variants({
        rich_text_section: section,
        rich_text_quote: shape({ type: oneOf('rich_text_quote'), elements: leafList }, border),
        rich_text_preformatted: shape(
          {
            type: oneOf('rich_text_preformatted'),
            elements: list(variants({ text, link }), Number.POSITIVE_INFINITY),
          },
          { ...border, language: string(50) },
        ),
        rich_text_list: shape(
          {
            type: oneOf('rich_text_list'),
            style: oneOf('bullet', 'ordered'),
            elements: list(variants({ rich_text_section: section }), Number.POSITIVE_INFINITY),
          },
          { ...border, indent: number(0, 8), offset: number(0) },
        ),
      }),
      Number.POSITIVE_INFINITY,
    ),
  },
  { block_id: identifier },
);

import { typedText } from '../commands/slack-tokens.ts';
import { keepable } from '../domain/keepable.ts';
import { unnamedIn, withMentions } from '../domain/mentioned.ts';
import { masked } from '../domain/secrets/index.ts';
import type { Ports } from '../ports.ts';
import type { Input } from './input.ts';

const MOST = 20;

/**
 * The line as it was typed: unescaped once, without invisible characters and a repeated `/incident`
 * before it, and with the names of the people in it, so that it can be repeated to them. What looks
 * like a secret is taken out here, before anything is kept, said or logged; `removed` says what.
 */
export async function readyToRead(input: Input, { store }: Pick<Ports, 'store'>): Promise<Input> {
  // Buttons and forms carry our own text, which nobody has escaped.
  const typed = input.source === 'command' ? typedText(input.text) : input.text;
  const clean = keepable(typed)
    .replace(/^[\s\u200b-\u200f\u2060\ufeff]+/, '')
    .replace(/^\/incident(?=\s|$)/i, '')
    .trim();
  // What a button types is our own, and made of what has been through here.
  const { text, found } = input.source === 'button' ? { text: clean, found: [] } : masked(clean);
  const ids = unnamedIn(text).slice(0, MOST);
  const people = await Promise.all(ids.map((id) => store.person(input.workspace, id)));
  const names = new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : [])));
  return {
    ...input,
    ...(found.length === 0 ? {} : { removed: found }),
    text: withMentions(text, (id) => {
      const name = names.get(id)?.replace(/[<>|]/g, '');
      return name ? `<@${id}|${name}>` : null;
    }),
  };
}

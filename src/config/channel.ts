import { DAY } from '../domain/instant.ts';
import { duration, type Reader, text } from './values.ts';

/** `7d`, or `never` as null: a day at least, because people are told a day before. */
export const archiveAfter: Reader<number | null> = {
  read: (value) => {
    if (value === 'never') return null;
    const span = duration.read(value);
    return span === undefined || span < DAY ? undefined : span;
  },
  is: 'a duration of a day or more',
  fix: 'write 1d to 366d, such as 7d, or never',
  schema: {
    anyOf: [{ const: 'never' }, { type: 'string', pattern: String(duration.schema.pattern) }],
    examples: ['7d', '14d', 'never'],
  },
};

/** What a bookmark is called; also the name of a service. */
export const linkTitle: Reader<string> = text(
  '^[^\\r\\n]{1,60}$',
  ([all]) => all.trim() || undefined,
  {
    is: 'a name of 1 to 60 characters',
    fix: 'write a name such as Runbook',
    examples: ['Runbook'],
  },
);

/** Where a bookmark leads: a page that people open in a browser. */
export const linkUrl: Reader<string> = {
  read: (value) => {
    const written = typeof value === 'string' ? value.trim() : '';
    if (!URL.canParse(written)) return undefined;
    const { protocol, username, password } = new URL(written);
    return /^https?:$/.test(protocol) && username + password === '' ? written : undefined;
  },
  is: 'an address that a browser opens',
  fix: 'write an address such as https://wiki.example.com/runbook, without a password in it',
  schema: {
    type: 'string',
    pattern: '^https?://',
    examples: ['https://wiki.example.com/runbook'],
  },
};

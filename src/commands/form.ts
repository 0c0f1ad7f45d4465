import { ok, refuse } from '../domain/result.ts';
import { defineCommand, type FormName, form as opened } from './command.ts';
import { readable } from './slack-tokens.ts';
import { bare } from './words-in.ts';

/** Forms of an incident that a button opens although their verb alone does something at once. */
const FORMS = ['resolve'] as const satisfies readonly FormName[];

/** Opens the form of a verb. */
export const form = defineCommand({
  name: 'form',
  aliases: [],
  usage: ['form <verb>'],
  example: 'form resolve',
  summary: 'Opens the form of a verb that does something at once when it is typed alone.',
  about: 'incident',
  hidden: true,

  parse(rest) {
    const name = FORMS.find((one) => one === bare(rest.trim()));
    if (name !== undefined) return ok(opened(name));
    return refuse(
      'There is no such form. To put a line on the timeline, begin with log.',
      `log form ${readable(rest.trim()).slice(0, 200)}`.trim(),
    );
  },
});

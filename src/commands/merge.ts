import { addressed } from '../domain/addressed.ts';
import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';

/** Makes one of an incident that was declared twice. */
export const merge = defineCommand({
  name: 'merge',
  aliases: [],
  usage: ['merge <n>'],
  example: 'merge 43',
  summary:
    'Merges another incident into this one: its entries come here, and it is over. Asks first.',
  about: 'incident',

  parse(text) {
    const { address, rest } = addressed(text);
    if (address === null || address.number === 0)
      return refuse(
        'Say which incident is to be merged into this one, by its number.',
        this.example,
      );
    if (rest !== '')
      return refuse(
        'After the number nothing can follow.',
        `merge ${address.drill ? 'DRILL-' : ''}${address.number}`,
      );
    return ok(change({ type: 'merge', other: address, confirmed: false }));
  },
});

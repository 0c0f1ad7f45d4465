import { isToDo } from '../action-item.ts';
import { type Check, cited, type Finding, prose } from './check.ts';
import { meaningOf } from './likeness.ts';
import { type Found, found, type Telling } from './telling.ts';
import { twinsOf } from './twins.ts';
import { needsWording } from './wording.ts';

type Item = Found<'action'>;

const named = (items: readonly Item[]): string =>
  items.length > 12
    ? `${items
        .slice(0, 12)
        .map(({ detail }) => `a${detail.n}`)
        .join(', ')} and ${items.length - 12} more`
    : items.map(({ detail }) => `a${detail.n}`).join(', ');

const FIELDS: readonly {
  readonly what: string;
  readonly lacks: (item: Item) => boolean;
  readonly option: string;
}[] = [
  { what: 'owner', lacks: ({ detail }) => detail.item.owner === null, option: '@owner' },
  { what: 'due date', lacks: ({ detail }) => detail.item.due === null, option: 'due <date>' },
  { what: 'tracker', lacks: ({ detail }) => detail.item.refs.length === 0, option: 'tracker <id>' },
  { what: 'linked cause', lacks: ({ detail }) => detail.item.addresses === null, option: 'for c1' },
];

/** Actions that nobody owns, that are due never, that no tracker knows, that address no cause. */
export const actionFields: Check = {
  id: 'action-fields',
  title: 'Actions with something missing',
  find: (telling) => {
    const items = found(telling, 'action');
    const open = items.filter(({ detail }) => isToDo(detail.item));
    return FIELDS.flatMap(({ what, lacks, option }) => {
      // What is done needs no owner or date any more, but it still addressed something.
      const without = (what === 'linked cause' ? items : open).filter(lacks);
      const [first] = without;
      if (first === undefined) return [];
      return [
        {
          text: `${without.length} of ${items.length} actions: no ${what} (${named(without)}).${without.length > 1 ? ' One line for each:' : ''}`,
          entries: without.slice(0, 12).map(({ no }) => no),
          settle: `action ${first.detail.n} ${option}`,
        },
      ];
    });
  },
};

const REVIEW =
  /\b(?:hold|conduct|write|do|prepare|organi[sz]e)\b.{0,20}\b(?:post-?incident review|post-?mortem|incident report|retrospective)\b/i;

/** Actions that nobody could tick off as they are worded, or that repeat another. */
export const actionWording: Check = {
  id: 'action-wording',
  title: 'Actions that need wording',
  find: (telling) => {
    const items = found(telling, 'action');
    const vague = items.flatMap((item): Finding[] => {
      const why = needsWording(item.text);
      if (why === null) return [];
      return [
        {
          text: `a${item.detail.n} needs wording: ${why} (${cited(item)}). How will somebody see that it is done?`,
          entries: [item.no],
          settle: `edit ${item.no} <text>`,
        },
      ];
    });
    const reviews = items.filter(({ text, detail }) => REVIEW.test(text) && isToDo(detail.item));
    return [...vague.slice(0, 12), ...reviews.map(reviewAsked), ...twins(items)];
  },
};

const reviewAsked = (item: Item): Finding => ({
  text: `a${item.detail.n} asks for a review or report (${cited(item)}): is this document it?`,
  entries: [item.no],
  settle: `action done ${item.detail.n}`,
});

function twins(items: readonly Item[]): Finding[] {
  return [...twinsOf(items.map(({ text }) => text))].flatMap(([place, first]) => {
    const [one, other] = [items[first], items[place]];
    if (one === undefined || other === undefined) return [];
    return [
      {
        text: `a${other.detail.n} says nearly the same as a${one.detail.n} (${cited(one)}). Is it one action?`,
        entries: [one.no, other.no],
        settle: `strike ${other.no} same as #${one.no}`,
      },
    ];
  });
}

const DONE =
  /\b(?:has|have) been (\w+ed|written|rewritten|set|put|made|built|split|sent|cut|given)\b|\b(?:is|are) now (\w+ed|written|set|built|split)\b|\bis (updated|documented|changed)\b/i;

/** A text that says something is done while an action says that it is to be done. */
export const promiseAndState: Check = {
  id: 'promise-and-state',
  title: 'Promise and state',
  find: (telling) => {
    const open = found(telling, 'action').filter(({ detail }) => isToDo(detail.item));
    const claims = prose(telling).filter(({ text }) => DONE.test(text));
    return [
      ...claims.flatMap((claim) =>
        contradiction(claim.text, open).map((item) => told(claim, item)),
      ),
      ...open.filter(({ text }) => DONE.test(text)).map(toldInItself),
    ];
  },
};

/** The open actions that say the same verb of something that the claim also names. */
function contradiction(text: string, open: readonly Item[]): readonly Item[] {
  const said = DONE.exec(text);
  const verb = said?.[1] ?? said?.[2] ?? said?.[3] ?? '';
  const stem = verb
    .toLowerCase()
    .replace(/(?:ted|ed)$/, '')
    .slice(0, 7);
  if (stem.length < 3) return [];
  const claimed = meaningOf(text);
  return open.filter((item) => {
    const words = [...meaningOf(item.text)];
    const shared = words.filter((word) => claimed.has(word) && !word.startsWith(stem));
    // Another verb for the same work: nearly all that the claim names is in the action.
    if (shared.length >= 3 && shared.length >= claimed.size * 0.7) return true;
    const same = (word: string): boolean =>
      stem.length < 4 ? word === stem : word.startsWith(stem);
    return words.some(same) && shared.length >= 2;
  });
}

const told = (claim: Parameters<typeof cited>[0], item: Item): Finding => ({
  text: `${cited(claim)}, but a${item.detail.n} (${cited(item)}) is open. Is it done?`,
  entries: [claim.no, item.no],
  settle: `action done ${item.detail.n}`,
});

const toldInItself = (item: Item): Finding => ({
  text: `a${item.detail.n} is open but reads as done (${cited(item)}). Is it done?`,
  entries: [item.no],
  settle: `action done ${item.detail.n}`,
});

/** Whether any action is recorded at all. */
export const actionsMissing: Check = {
  id: 'actions-missing',
  title: 'Follow-ups',
  find: (telling: Telling, report) =>
    report.some((other) => found(other, 'action').length > 0) || telling !== report[0]
      ? []
      : [
          {
            text: 'What follows from it? No action item is recorded.',
            entries: [],
            settle: 'action <text> @owner due <date>',
          },
        ],
};

import { type Block, heading, type Line, paragraph } from '../text.ts';
import type { LessonSort } from '../words.ts';
import { type Context, from } from './context.ts';
import { found } from './telling.ts';

type Sort = readonly [LessonSort | null, string];

const IN_BRIEF: readonly Sort[] = [
  ['well', 'Went well'],
  ['badly', 'Went badly'],
  ['luck', 'Luck'],
  [null, 'Other lessons'],
];
const AT_LENGTH: readonly Sort[] = [
  ['well', 'What went well'],
  ['badly', 'What went wrong'],
  ['luck', 'Where we got lucky'],
];

/** All lessons in one list. */
export function lessonsList(context: Context): readonly Block[] {
  const items = IN_BRIEF.flatMap(([sort, label]) =>
    lessonsOf(context, sort).map((text): Line => [`${label}: ${text}`]),
  );
  return [items.length === 0 ? paragraph('Not recorded.') : { type: 'list', items }];
}

/** The lessons by whether it went well, wrong or was luck; of which nothing is recorded is said at the end. */
export function lessonsSection(context: Context): readonly Block[] {
  const others = lessonsOf(context, null);
  const told = AT_LENGTH.map(([sort, title]) => ({ title, texts: lessonsOf(context, sort) }));
  const absent = told.filter(({ texts }) => texts.length === 0).map(({ title }) => title);
  return [
    ...told.flatMap(({ title, texts }) =>
      texts.length === 0 ? [] : [heading(title), listed(texts)],
    ),
    ...(others.length === 0 ? [] : [heading('Other lessons'), listed(others)]),
    ...(absent.length === 0 ? [] : [paragraph(`Not recorded: ${lower(absent).join(', ')}.`)]),
  ];
}

const lower = (titles: readonly string[]): readonly string[] =>
  titles.map((title) => title.toLowerCase());

const lessonsOf = (context: Context, sort: LessonSort | null): readonly string[] =>
  context.tellings.flatMap((telling) =>
    found(telling, 'lesson')
      .filter(({ detail }) => detail.sort === sort)
      .map(({ text, no }) => `${text}${from(context, telling, no)}`),
  );

const listed = (texts: readonly string[]): Block => ({
  type: 'list',
  items: texts.map((text): Line => [text]),
});

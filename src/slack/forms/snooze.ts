import { TIMER_NAMES } from '../../domain/decide/wording.ts';
import { MINUTE } from '../../domain/instant.ts';
import { readDuration } from '../../domain/time/duration.ts';
import { snoozable } from '../../domain/timers/index.ts';
import { radioField, selectField, textField } from './fields.ts';
import type { Answers } from './form.ts';
import { defineForm } from './form.ts';

const OFFERED = ['10', '30', '60'];

/** The length that was typed, else the one that was chosen; null when it cannot be read. */
function minutesOf(answers: Answers): number | null {
  const own = answers.text('own');
  if (own === '') return Number(answers.chosen('length')[0] ?? 0) || null;
  const read = readDuration(own);
  return read.ok ? read.value.ms / MINUTE : null;
}

/** Puts off a timer. */
export const snooze = defineForm({
  title: 'Snooze a timer',
  submit: 'Snooze',
  fields: ({ settings, incident, filled }) => [
    selectField({
      name: 'timer',
      label: 'Which timer?',
      choices: snoozable(incident, settings).map((name) => ({
        value: name,
        label: TIMER_NAMES[name],
      })),
      chosen: filled.timer,
    }),
    radioField({
      name: 'length',
      label: 'For how long?',
      choices: OFFERED.map((minutes) => ({ value: minutes, label: `${minutes} minutes` })),
      chosen: '30',
    }),
    textField({
      name: 'own',
      label: 'Or for another time',
      optional: true,
      max: 40,
      placeholder: '45 min, 2 h',
      hint: 'At most 24 h in all. What you type here counts, not what is chosen above.',
      filled: filled.length,
    }),
    textField({
      name: 'reason',
      label: 'Why?',
      max: 1000,
      placeholder: 'The vendor answers at 15:30',
      filled: filled.reason,
    }),
  ],
  check(answers) {
    if (minutesOf(answers) === null)
      return {
        field: 'own',
        reason: 'This cannot be read as a length of time. Try 45 min or 2 h.',
      };
    // A line would be read as if there were no reason.
    return /^[\s:,;.–—-]*$/.test(answers.text('reason'))
      ? { field: 'reason', reason: 'Say why in a word or two: it goes on the timeline.' }
      : null;
  },
  // The colon keeps a figure in the reason from being added to the length.
  text: (answers) =>
    [
      'snooze',
      ...answers.chosen('timer'),
      `${minutesOf(answers)} min:`,
      answers.text('reason'),
    ].join(' '),
  blame: () => 'timer',
});

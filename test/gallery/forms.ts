import { eventually } from '../support/story.ts';
import { type Act, form } from './act.ts';

/** Every form, as it opens. */
export const forms: Act = {
  title: 'Forms',
  async play(story, shoot) {
    await story.type('ana', '/incident', 'C0GENERAL');
    await shoot(
      { name: 'form-declare', caption: 'Declaring an incident' },
      'ana',
      form(story, 'ana'),
    );
    await story.workspace.dismiss(story.idOf('ana'));
    await story.opens('ana', 'sev1 Checkout fails for EU customers');
    const card = story.channel().messages[0];
    if (card === undefined) throw new Error('there is no card');
    for (const [name, label, caption] of [
      ['form-update', 'Update', 'A status update'],
      ['form-severity', 'Change severity', 'The severity'],
      ['form-escalate', 'Escalate', 'Whom to ping'],
      ['form-entry', 'Add entry', 'An entry of the timeline'],
      ['form-resolve', 'Resolve', 'The end of an incident: what stops, and what is open'],
    ] as const) {
      await story.click('ana', label, card);
      await shoot({ name, caption }, 'ana', form(story, 'ana'));
      await story.workspace.dismiss(story.idOf('ana'));
    }
    for (const [name, item, caption] of [
      ['form-status', 'Change status', 'The status'],
      ['form-role', 'Give a role', 'A role, with a note for whoever gets it'],
      ['form-action', 'Action item', 'An action item'],
    ] as const) {
      await story.workspace.click(story.idOf('ana'), card, 'more actions', item);
      await shoot({ name, caption }, 'ana', form(story, 'ana'));
      await story.workspace.dismiss(story.idOf('ana'));
    }
    await story.type('ana', '/incident log 9:75 tried a cache flush');
    await story.click('ana', 'Set its time');
    await shoot({ name: 'form-edit', caption: 'Correcting an entry' }, 'ana', form(story, 'ana'));
    await story.workspace.dismiss(story.idOf('ana'));
    await story.type('ana', '/incident import');
    await shoot({ name: 'form-import', caption: 'A pasted timeline' }, 'ana', form(story, 'ana'));
  },
};

/** Somebody's own tab. */
export const home: Act = {
  title: 'The Home tab',
  async play(story, shoot) {
    await story.opens('ana', 'sev2 Search is slow');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident action Alert on pool usage <@U0BO> due 2026-03-13');
    await story.type('ana', '/incident resolve the index is rebuilt');
    await story.type('ana', '/incident postmortem review <@U0BO>');
    await story.opens('ana', 'sev1 Checkout fails for EU customers');
    await story.fastForward(6);
    await story.workspace.openHome(story.idOf('bo'));
    const view = await eventually(() => story.workspace.homeOf(story.idOf('bo')), 'Bo’s Home');
    await shoot({ name: 'home', caption: 'What waits for Bo, and what is his' }, 'bo', view);
  },
};

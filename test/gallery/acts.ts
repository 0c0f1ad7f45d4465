import { joins } from '../support/joining.ts';
import { eventually } from '../support/story.ts';
import { type Act, channelEnd, form, told, whispered } from './act.ts';
import { forms, home } from './forms.ts';

const PHONE = 390;

const night: Act = {
  title: 'A night with an incident',
  async play(story, shoot) {
    await story.opens('ana', 'sev1 Checkout fails for EU customers since 14:52');
    await shoot(
      { name: 'opened', caption: 'The reply to whoever declared' },
      'ana',
      whispered(story, 'ana'),
    );
    await shoot(
      { name: 'card', caption: 'The card in the incident’s channel' },
      'bo',
      story.channel().messages.slice(0, 1),
    );
    await shoot(
      { name: 'card-phone', caption: 'The same card on a phone', width: PHONE },
      'bo',
      story.channel().messages.slice(0, 1),
    );
    await shoot(
      {
        name: 'announcement',
        caption: 'The announcement, edited in place as the incident goes on',
      },
      'cy',
      story.workspace.channel('C0INCIDENTS')?.messages ?? [],
    );
    await story.fastForward(5);
    await shoot(
      { name: 'breach', caption: 'Nobody has acknowledged: the channel is told' },
      'ana',
      channelEnd(story, 1),
    );
    await shoot(
      { name: 'ping', caption: 'The ping of level 2, as Bo gets it in New York', width: PHONE },
      'bo',
      told(story, 'bo'),
    );
    const [ping] = story.workspace.directMessages(story.idOf('bo'));
    await story.click('bo', 'Snooze', ping);
    await shoot(
      { name: 'form-snooze', caption: 'Putting off a timer, with a reason' },
      'bo',
      form(story, 'bo'),
    );
    await story.workspace.dismiss(story.idOf('bo'));
    await story.type('bo', '/incident ack');
    await shoot(
      { name: 'acknowledged', caption: 'The reply to `ack`' },
      'bo',
      whispered(story, 'bo'),
    );
    await shoot(
      { name: 'ping-done', caption: 'The same ping afterwards', width: PHONE },
      'bo',
      told(story, 'bo'),
    );
    await story.type('ana', '/incident lead <@U0ANA|ana>');
    await story.type('ana', '/incident log 14:49 deploy of checkout 4.2 finished #change');
    await shoot(
      {
        name: 'logged',
        caption: 'What `log` answers: the time in UTC, in Ana’s zone, and its distance',
      },
      'ana',
      whispered(story, 'ana'),
    );
    await story.type('bo', '/incident log 9:75 tried a cache flush #failed');
    await shoot(
      { name: 'no-time', caption: 'A time that cannot be is kept with its line, and asked about' },
      'bo',
      whispered(story, 'bo'),
    );
    await story.type('bo', '/incident impact about 40% of EU orders fail');
    await story.type('bo', '/incident detected 14:55 CET by alert: EU error rate above 5%');
    await story.type('bo', '/incident cause root the new config dropped the EU tax table');
    await story.type('ana', '/incident update Rolling back checkout 4.2, next news at 15:30 CET');
    await shoot(
      { name: 'update', caption: 'A status update in the incident’s channel' },
      'cy',
      channelEnd(story, 1),
    );
    const pasted = ['ghp', '_', 'R4nd0mR4nd0mR4nd0mR4nd0mR4nd0mR4nd0m'].join('');
    await story.type('bo', `/incident log the deploy used ${pasted}`);
    await shoot(
      { name: 'secret', caption: 'A secret is taken out before anything is kept' },
      'bo',
      whispered(story, 'bo'),
    );
    await joins(story, 'max', story.channel().id);
    await shoot(
      { name: 'welcome', caption: 'The welcome for somebody who comes into the channel' },
      'max',
      whispered(story, 'max'),
    );
    await story.type('cy', '/incident brief');
    await shoot(
      { name: 'brief', caption: 'The brief for somebody who comes late' },
      'cy',
      whispered(story, 'cy'),
    );
    await story.type('bo', '/incident timeline');
    await shoot({ name: 'timeline', caption: 'The timeline' }, 'bo', whispered(story, 'bo'));
    await story.fastForward(14);
    await story.type('ana', '/incident mitigated by rolling back checkout 4.2');
    await story.type('ana', '/incident impact ended');
    await story.type(
      'ana',
      '/incident action Add a test for the EU tax table <@U0BO|bo> due Friday #preventive',
    );
    await story.type('bo', '/incident resolve error rate is normal');
    await shoot(
      {
        name: 'resolved',
        caption: 'The reply to `resolve`: what has stopped, and how to take it back',
      },
      'bo',
      whispered(story, 'bo'),
    );
    const isDraft = ({ text }: { text: string }): boolean => text.startsWith('Postmortem');
    const begins = await eventually(() => {
      const at = story.channel().messages.findIndex(isDraft);
      return at === -1 ? undefined : { at };
    }, 'the draft is posted');
    await shoot(
      {
        name: 'draft',
        caption: 'The draft in the channel, with the picture and the complete document',
      },
      'ana',
      story
        .channel()
        .messages.slice(begins.at)
        .filter(({ threadTs }) => threadTs === undefined),
    );
    await story.type('ana', '/incident list all');
    await shoot({ name: 'list', caption: 'The list of incidents' }, 'ana', whispered(story, 'ana'));
    await story.type('ana', '/incident find tax table');
    await shoot({ name: 'find', caption: 'A search' }, 'ana', whispered(story, 'ana'));
    await story.type('ana', '/incident stats');
    await shoot({ name: 'stats', caption: 'Figures' }, 'ana', whispered(story, 'ana'));
    await story.type('bo', '/incident action list');
    await shoot({ name: 'actions', caption: 'Action items' }, 'bo', whispered(story, 'bo'));
    await story.type('bo', '/incident postmortem section summary');
    await shoot(
      { name: 'form-section', caption: 'The form for a section of the draft' },
      'bo',
      form(story, 'bo'),
    );
  },
};

const asides: Act = {
  title: 'Before it is needed, and when something is wrong',
  async play(story, shoot) {
    await story.type('bo', '/incident preview sev1', 'C0GENERAL');
    await shoot(
      { name: 'preview', caption: 'Who would be pinged when' },
      'bo',
      whispered(story, 'bo'),
    );
    await story.type('bo', '/incident help', 'C0GENERAL');
    await shoot({ name: 'help', caption: 'The help' }, 'bo', whispered(story, 'bo'));
    await story.type('bo', '/incident lgo the pool is exhausted', 'C0GENERAL');
    await shoot(
      { name: 'unknown', caption: 'A verb that does not exist' },
      'bo',
      whispered(story, 'bo'),
    );
    await story.type('gus', '/incident open sev1 The shop is down', 'C0GENERAL');
    await shoot(
      { name: 'denied', caption: 'A guest of the workspace declares an incident' },
      'gus',
      whispered(story, 'gus'),
    );
    await story.type('ada', '/incident doctor', 'C0GENERAL');
    await shoot(
      { name: 'doctor', caption: 'The doctor, asked by an administrator' },
      'ada',
      whispered(story, 'ada'),
    );
    await story.type('bo', '/incident drill sev1 Region lost', 'C0GENERAL');
    await shoot(
      { name: 'drill', caption: 'A drill is marked as one everywhere' },
      'bo',
      story.workspace.channels
        .get([...story.workspace.channels.keys()].at(-1) ?? '')
        ?.messages.slice(0, 1) ?? [],
    );
  },
};

/** Everything that the gallery shows, in its order. */
export const ACTS: readonly Act[] = [night, asides, forms, home];

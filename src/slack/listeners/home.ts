import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { workspaceOf } from '../whose.ts';
import type { Desk } from './desk.ts';

/** Somebody opened the app: its Home tab shows what is theirs. The messages tab is Slack's own. */
export const onHomeOpened =
  (desk: Desk) =>
  async ({
    event,
    body,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> => {
    if (event.tab !== 'home') return;
    const workspace = workspaceOf(body);
    await desk.home.opened(workspace, event.user);
    // Who was never seen before may turn out to be an administrator.
    if (await desk.people.refresh(workspace, event.user)) {
      await desk.home.opened(workspace, event.user);
    }
  };

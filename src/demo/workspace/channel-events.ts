import type { Json } from './limits/rules.ts';
import type { State } from './state.ts';
import type { Channel } from './types.ts';

/** What Slack tells of a channel: the same of public and private ones under two names. */
type Told = 'archive' | 'unarchive' | 'rename' | 'deleted' | 'left';

/** Tells the app what became of a channel that its bot was in. */
export function tellOf(state: State, channel: Channel, told: Told, more: Json): void {
  const type = `${channel.kind === 'private' ? 'group' : 'channel'}_${told}`;
  state.tell(type, { type, channel: channel.id, ...more }, channel);
}

/** Tells the app who came in; `inviter` is missing where nobody brought them. */
export function tellJoined(state: State, channel: Channel, user: string, inviter?: string): void {
  const type = 'member_joined_channel';
  state.tell(
    type,
    {
      type,
      user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: state.team.id,
      ...(inviter === undefined ? {} : { inviter }),
    },
    channel,
  );
}

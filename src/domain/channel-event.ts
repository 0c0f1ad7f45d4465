/** Somebody left an incident's private channel, or was removed; or is in it again. */
export interface MemberEvent {
  readonly type: 'member left' | 'member back';
  readonly user: string;
}

/** What became of an incident's channel in Slack, whoever did it. */
export type ChannelEvent =
  | { readonly type: 'archived' }
  | { readonly type: 'unarchived' }
  | { readonly type: 'renamed'; readonly name: string }
  | { readonly type: 'deleted' }
  /** Muster is not in it any more. */
  | { readonly type: 'left' }
  /** Muster is in it again. */
  | { readonly type: 'joined' }
  | { readonly type: 'made private' }
  | { readonly type: 'made public' };

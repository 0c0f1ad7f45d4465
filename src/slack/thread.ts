/** Where a message goes: a channel, or a thread in it. */
export interface Thread {
  readonly channel: string;
  readonly thread?: string | undefined;
}

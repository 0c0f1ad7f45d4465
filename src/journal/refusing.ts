/** What must not be done without the database, with the reason as it is shown. */
export class Refused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * What waits for the database, by what is asked for. Everything else is kept in Slack and done
 * later as if it had been done at once.
 */
export const WAITS: Readonly<Record<string, string>> = {
  visibility: 'Opening it to everybody waits until the database is back.',
  redact: 'Taking something out of the record cannot be kept in Slack: it would be shown there.',
  record: 'An incident that is over can wait until the database is back.',
  import:
    'Nothing was imported: the database is away. Keep the lines, and try again when it is back.',
  export: 'The record cannot be read while the database is away.',
  'refresh draft': 'The draft cannot be composed while the database is away.',
  repair: 'Nothing can be repaired while the database is away.',
  drill: 'A drill can wait until the database is back.',
};

/** What those who typed it must know until it is done. */
export const MEANWHILE: Readonly<Record<string, string>> = {
  open: 'Nobody else is invited or pinged before that: call whom you need in the channel.',
  page: 'Nobody is pinged before that: call them yourself.',
  escalate: 'Nobody is pinged before that: call them yourself.',
  update: 'The announcement is edited then.',
  resolve: 'The draft comes then.',
};

import type { WebClient } from '@slack/web-api';
import { mrkdwnWithin } from './blocks/mrkdwn.ts';
import type { Thread } from './thread.ts';

/** What stands beside a file. */
const WORDS = 3000;

/** A file to be uploaded. */
export interface Upload {
  readonly name: string;
  readonly title: string;
  readonly content: string | Uint8Array;
  readonly words?: string;
}

/** Files, as deliveries need them. */
export const fileCalls = (client: WebClient) => ({
  upload: (where: Thread, { name, title, content, words }: Upload) =>
    client.filesUploadV2({
      ...(where.thread
        ? { channel_id: where.channel, thread_ts: where.thread }
        : { channel_id: where.channel }),
      filename: name,
      title,
      ...(typeof content === 'string' ? { content } : { file: Buffer.from(content) }),
      // With a description of its own (`alt_txt`) Slack takes the file and shows it nowhere:
      // slackapi/python-slack-sdk#1818. Beside it everybody can read what it shows.
      ...(words === undefined ? {} : { initial_comment: mrkdwnWithin([words], WORDS) }),
    }),
  removeFile: (file: string) => client.files.delete({ file }),
});

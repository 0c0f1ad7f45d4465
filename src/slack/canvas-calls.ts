import type { WebClient } from '@slack/web-api';
import { promised } from './promised.ts';

/** What Slack's types leave out of a channel. */
interface WithCanvas {
  readonly properties?: { readonly canvas?: { readonly file_id?: string } };
}

/** A channel's canvas. */
export const canvasCalls = (client: WebClient) => ({
  /** A channel has one canvas at most; answers its id. */
  async createCanvas(channel: string, title: string, markdown: string): Promise<string> {
    const { canvas_id: id } = await client.conversations.canvases.create({
      channel_id: channel,
      title,
      document_content: { type: 'markdown', markdown },
    });
    return promised(id, 'canvas id');
  },
  /** Replaces all of it: Slack takes one change per call. */
  editCanvas: (canvas: string, markdown: string) =>
    client.canvases.edit({
      canvas_id: canvas,
      changes: [{ operation: 'replace', document_content: { type: 'markdown', markdown } }],
    }),
  /** The id of the channel's canvas; null while it has none. */
  async canvasOf(channel: string): Promise<string | null> {
    const { channel: found } = await client.conversations.info({ channel });
    return (found as WithCanvas | undefined)?.properties?.canvas?.file_id ?? null;
  },
});

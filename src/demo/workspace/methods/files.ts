import type { Args } from '../args.ts';
import { addMessage, noteBroadcasts, readBlocks } from '../content.ts';
import { type Json, jsonList } from '../limits/rules.ts';
import { breach, refuse } from '../slack-error.ts';
import { nextId, nextTs, recordViolation, type State } from '../state.ts';
import type { Channel, UploadedFile } from '../types.ts';
import { wireFile } from '../wire.ts';
import { visibleChannel, workingChannel } from './access.ts';

const CANVAS_BYTES = 1024 * 1024;
const CANVAS_CELLS = 300;
const PICTURE = /\.(?:png|jpe?g|gif|webp|svg)$/i;

function getUploadUrl(args: Args, state: State): Json {
  const name = args.required('filename');
  const length = args.number('length', 0);
  if (length <= 0) throw breach('invalid_arguments', 'length must be positive');
  if (args.text('alt_txt') !== '') {
    // slackapi/python-slack-sdk#1818
    const reason = `${name} has alt_txt: Slack takes such a file and shows it nowhere`;
    recordViolation(state, 'files.getUploadURLExternal', 'unseen file', reason);
  }
  const file: UploadedFile = {
    id: nextId(state, 'F'),
    name,
    length,
    title: name,
    content: Buffer.alloc(0),
    channel: '',
    threadTs: undefined,
    user: state.botUserId,
  };
  state.pendingFiles.set(file.id, file);
  return { file_id: file.id, upload_url: `${state.baseUrl}/upload/${file.id}` };
}

function pendingFile(state: State, entry: Json): UploadedFile {
  const file = state.pendingFiles.get(String(entry.id));
  if (!file) throw refuse('file_not_found');
  if (file.content.length !== file.length) {
    const got = `${file.content.length} bytes arrived, ${file.length} were announced`;
    throw breach('file_upload_size_mismatch', got);
  }
  if (typeof entry.title === 'string' && entry.title) file.title = entry.title;
  return file;
}

function share(state: State, args: Args, channel: Channel, files: UploadedFile[]): void {
  const threadTs = args.text('thread_ts') || undefined;
  if (threadTs && !channel.messages.some((message) => message.ts === threadTs)) {
    throw breach('invalid_thread_ts', `no message ${threadTs} to reply to`);
  }
  const content = {
    text: args.text('initial_comment'),
    blocks: readBlocks(state, args.raw.blocks),
  };
  const picture = files.find(({ name }) => PICTURE.test(name));
  if (picture && content.text.trim() === '') {
    const reason = `${picture.name} has no words beside it: screen readers get nothing`;
    recordViolation(state, 'files.completeUploadExternal', 'accessibility', reason);
  }
  const message = addMessage(channel, {
    ...content,
    ts: nextTs(state),
    user: state.botUserId,
    botId: state.botId,
    threadTs,
    files,
  });
  for (const file of files) Object.assign(file, { channel: channel.id, threadTs });
  const at = { channel: channel.id, ts: message.ts };
  noteBroadcasts(state, 'files.completeUploadExternal', at, content);
}

function completeUpload(args: Args, state: State): Json {
  const files = jsonList(args.raw.files).map((entry) => pendingFile(state, entry));
  if (files.length === 0) throw breach('invalid_arguments', 'no files');
  const channels = args.text('channel_id') ? [args.text('channel_id')] : args.list('channels');
  if (channels.length > 100) throw breach('too_many_channels', `${channels.length} channels`);
  if (args.text('thread_ts') && channels.length !== 1) {
    throw breach('invalid_arguments', 'thread_ts goes with exactly one channel');
  }
  const places = channels.map((id) => workingChannel(state, id));
  for (const place of places) share(state, args, place, files);
  for (const file of files) state.pendingFiles.delete(file.id);
  state.files.push(...files);
  return { files: files.map((file) => wireFile(state, file)) };
}

function fileInfo(args: Args, state: State): Json {
  const file = state.files.find((candidate) => candidate.id === args.required('file'));
  if (!file) throw refuse('file_not_found');
  return { file: wireFile(state, file) };
}

/** An app may delete what it uploaded itself; the message stays, without the file. */
function removeFile(args: Args, state: State): Json {
  const file = state.files.find((candidate) => candidate.id === args.required('file'));
  if (!file) throw refuse('file_not_found');
  if (file.user !== state.botUserId)
    throw breach('cant_delete_file', 'the file is not the bot’s own');
  state.files.splice(state.files.indexOf(file), 1);
  for (const { messages } of state.channels.values())
    for (const message of messages)
      message.files = message.files.filter(({ id }) => id !== file.id);
  return {};
}

function readMarkdown(content: unknown): string {
  const [document] = jsonList([content]);
  const markdown = document?.type === 'markdown' ? document.markdown : undefined;
  if (typeof markdown !== 'string') throw breach('invalid_arguments', 'no markdown document');
  if (Buffer.byteLength(markdown) > CANVAS_BYTES) throw breach('canvas_too_large', 'over 1 MiB');
  const cells = markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .reduce((sum, line) => sum + line.split('|').length - 2, 0);
  if (cells > CANVAS_CELLS) throw breach('canvas_creation_failed', `${cells} table cells`);
  return markdown;
}

function createCanvas(args: Args, state: State): Json {
  const channel = workingChannel(state, visibleChannel(state, args.required('channel_id')).id);
  if (!state.options.canvases) throw refuse('team_tier_cannot_create_channel_canvases');
  if (channel.canvas) throw refuse('channel_canvas_already_exists');
  const content = args.raw.document_content;
  const markdown = content === undefined ? '' : readMarkdown(content);
  const canvas = { id: nextId(state, 'F'), markdown };
  channel.canvas = canvas;
  state.canvases.set(canvas.id, canvas);
  return { canvas_id: canvas.id };
}

function editCanvas(args: Args, state: State): Json {
  const canvas = state.canvases.get(args.required('canvas_id'));
  if (!canvas) throw refuse('canvas_not_found');
  const changes = jsonList(args.raw.changes);
  const [change] = changes;
  if (!change || changes.length !== 1) throw breach('invalid_arguments', 'exactly one change');
  const content = change.operation === 'delete' ? '' : readMarkdown(change.document_content);
  if (change.operation === 'replace' && !change.section_id) canvas.markdown = content;
  else if (change.operation === 'insert_at_start')
    canvas.markdown = `${content}\n${canvas.markdown}`;
  else if (change.operation === 'insert_at_end') canvas.markdown += `\n${content}`;
  else throw refuse('section_not_found');
  return {};
}

/** Files and canvases. */
export const files = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': fileInfo,
  'files.delete': removeFile,
  'conversations.canvases.create': createCanvas,
  'canvases.edit': editCanvas,
};

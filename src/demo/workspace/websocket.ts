import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const LINGER_MS = 200;

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  /** How many bytes it took. */
  readonly size: number;
}

/** The server's end of one WebSocket. */
export interface Link {
  send(text: string): void;
  ping(): void;
  close(): void;
  /** From now on nothing goes through it in either direction, and nobody is told: a dead connection. */
  freeze(): void;
}

/** What the server wants to hear about. */
export interface LinkEvents {
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  if (length < 65_536) {
    return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]), payload]);
  }
  const head = Buffer.alloc(10);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(127, 1);
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

function lengthOf(data: Buffer, short: number): { length: number; header: number } {
  if (short === 126 && data.length >= 4) return { length: data.readUInt16BE(2), header: 4 };
  if (short === 127 && data.length >= 10) {
    return { length: Number(data.readBigUInt64BE(2)), header: 10 };
  }
  // A longer length that has not arrived yet: more than there is, so the caller waits.
  return { length: short < 126 ? short : Number.POSITIVE_INFINITY, header: 2 };
}

function decode(data: Buffer): Frame | undefined {
  if (data.length < 2) return undefined;
  const [first = 0, second = 0] = data;
  const { length, header } = lengthOf(data, second & 0x7f);
  const masked = (second & 0x80) !== 0;
  const start = header + (masked ? 4 : 0);
  if (data.length < start + length) return undefined;
  const mask = data.subarray(header, start);
  const payload = Buffer.from(data.subarray(start, start + length));
  if (masked) {
    for (let index = 0; index < payload.length; index += 1) {
      payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
    }
  }
  return { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload, size: start + length };
}

/** Answers an upgrade request and speaks WebSocket on its socket (RFC 6455, no extensions). */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  events: LinkEvents,
): Link {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let waiting = Buffer.alloc(0);
  let fragments: Buffer[] = [];
  let frozen = false;
  const send = (opcode: number, payload: Buffer) => {
    if (socket.writable && !frozen) socket.write(encode(opcode, payload));
  };
  const take = ({ final, opcode, payload }: Frame) => {
    if (opcode === PING) return send(PONG, payload);
    if (opcode === CLOSE) {
      send(CLOSE, payload.subarray(0, 2));
      return socket.end();
    }
    if (opcode > TEXT) return;
    fragments.push(payload);
    if (!final) return;
    const text = Buffer.concat(fragments).toString();
    fragments = [];
    events.onText(text);
  };
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let frame = decode(waiting); frame; frame = decode(waiting)) {
      waiting = waiting.subarray(frame.size);
      take(frame);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', events.onClose);
  return {
    freeze: () => {
      frozen = true;
      socket.pause();
    },
    send: (text) => send(TEXT, Buffer.from(text)),
    ping: () => send(PING, Buffer.alloc(0)),
    close: () => {
      send(CLOSE, Buffer.from([0x03, 0xe8]));
      socket.end();
      // A peer that is gone or frozen never answers.
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    },
  };
}

import { deflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

/**
 * The same picture with at most 256 colours, a third of the weight: for a repository, in which
 * every version is kept. Drawings have few colours; where there are more, near ones become one.
 */
export function withPalette(png: Buffer): Buffer {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const pixels = pixelsOf(png, width, height);
  for (let bits = 8; bits > 2; bits -= 1) {
    const drawn = indexed(pixels, width, height, bits);
    if (drawn !== null) return written(width, height, drawn);
  }
  throw new Error('more than 256 colours, however coarse');
}

function pixelsOf(png: Buffer, width: number, height: number): Buffer {
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image href="${href}" ${size} image-rendering="optimizeSpeed"/></svg>`;
  return new Resvg(svg).render().pixels;
}

interface Indexed {
  readonly palette: readonly number[];
  readonly rows: Buffer;
}

/** Colours of so many bits each; null when they are too many. */
function indexed(pixels: Buffer, width: number, height: number, bits: number): Indexed | null {
  const places = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  const mask = 0xff & (0xff << (8 - bits));
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = (pixels.readUIntBE(pixel * 4, 3) & (mask * 0x010101)) >>> 0;
    let place = places.get(colour);
    if (place === undefined) {
      place = places.size;
      if (place === 256) return null;
      places.set(colour, place);
    }
    rows[pixel + Math.floor(pixel / width) + 1] = place;
  }
  // What was rounded down would make the page grey.
  const fill = 0xff >> bits;
  const lift = (part: number): number => (part === 0 ? 0 : part | fill);
  const palette = [...places.keys()].flatMap((colour) =>
    [colour >> 16, (colour >> 8) & 0xff, colour & 0xff].map(lift),
  );
  return { palette, rows };
}

function written(width: number, height: number, { palette, rows }: Indexed): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits to a pixel, each a place in the palette.
  head.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(checksum(body), body.length + 4);
  return whole;
}

/** CRC-32, as PNG wants it; Node has one from version 22. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

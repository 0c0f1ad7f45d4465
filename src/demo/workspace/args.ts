import { isJson, type Json } from './limits/rules.ts';
import { breach } from './slack-error.ts';

/** The arguments of one Web API call, however they were encoded. */
export class Args {
  readonly raw: Json;

  constructor(raw: Json) {
    this.raw = raw;
  }

  /** A text argument, empty when absent. */
  text(name: string): string {
    const value = this.raw[name];
    return value === undefined || value === null ? '' : String(value);
  }

  /** A text argument that must be there. */
  required(name: string): string {
    const value = this.text(name);
    if (!value) throw breach('invalid_arguments', `${name} is required`);
    return value;
  }

  /** A flag; the SDK sends `true` as text. */
  flag(name: string): boolean {
    return this.raw[name] === true || this.text(name) === 'true' || this.text(name) === '1';
  }

  /** A number, or the default. */
  number(name: string, fallback: number): number {
    const value = Number(this.text(name) || fallback);
    return Number.isFinite(value) ? value : fallback;
  }

  /** A list, given as JSON or separated by commas. */
  list(name: string): string[] {
    const value = this.raw[name];
    if (Array.isArray(value)) return value.map(String);
    return this.text(name)
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }

  /** An object argument, or nothing. */
  object(name: string): Json | undefined {
    const value = this.raw[name];
    return isJson(value) ? value : undefined;
  }
}

const STRUCTURED = new Set([
  'attachments',
  'blocks',
  'changes',
  'criteria',
  'document_content',
  'files',
  'metadata',
  'view',
]);

function unpack([name, value]: [string, string]): [string, unknown] {
  if (!STRUCTURED.has(name)) return [name, value];
  try {
    return [name, JSON.parse(value)];
  } catch {
    // Left as text: the check of that argument then says what is wrong with it.
    return [name, value];
  }
}

/** Reads the body of a Web API call: JSON, or a form whose structured fields are JSON. */
export function parseArgs(body: string, contentType: string, query: URLSearchParams): Args {
  const fromQuery = Object.fromEntries(query);
  if (contentType.includes('json')) {
    const parsed: unknown = body ? JSON.parse(body) : {};
    return new Args({ ...fromQuery, ...(isJson(parsed) ? parsed : {}) });
  }
  const form = [...new URLSearchParams(body)].map(unpack);
  return new Args({ ...fromQuery, ...Object.fromEntries(form) });
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { DOCUMENT_VERSION, inItsOrder, type KeptRecord } from '../domain/archive.ts';

const SCHEMA = fileURLToPath(new URL('../../docs/record.schema.json', import.meta.url));
/** Faults of one file that are told: more have the same reason. */
const TOLD = 5;

/** A file that is no record, with a sentence for each reason. */
export class Unreadable extends Error {
  readonly reasons: readonly string[];
  constructor(...reasons: readonly string[]) {
    super(reasons.join(' '));
    this.reasons = reasons;
  }
}

type Fits = ValidateFunction<{ records: readonly KeptRecord[] }>;

let compiled: Promise<Fits> | undefined;

/** What the schema says, compiled once: that takes longer than most files. */
function fitting(): Promise<Fits> {
  compiled ??= readFile(SCHEMA, 'utf8').then((schema) => {
    const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
    return ajv.compile<{ records: readonly KeptRecord[] }>(JSON.parse(schema));
  });
  return compiled;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `asOf`, when it was exported, is not in it any more: the same record is the same file. */
function fromVersion2(document: Json): Json {
  const { records } = document;
  if (!Array.isArray(records)) return document;
  const without = records.map((record) => {
    if (!isObject(record)) return record;
    const { asOf: _, ...rest } = record;
    return rest;
  });
  return { ...document, version: 3, records: without };
}

/** How a document of each older version becomes one of the next. */
const FROM: Readonly<Record<number, (document: Json) => Json>> = { 2: fromVersion2 };

function newest(document: Json): Json {
  const { version } = document;
  if (version === DOCUMENT_VERSION) return document;
  if (typeof version === 'number' && version > DOCUMENT_VERSION)
    throw new Unreadable(
      `It is version ${version}, of a newer Muster; this one reads up to version ${DOCUMENT_VERSION}. Use the Muster that made it, or a newer one.`,
    );
  const step = typeof version === 'number' ? FROM[version] : undefined;
  if (step !== undefined) return newest(step(document));
  throw new Unreadable(
    version === 1
      ? 'It is version 1, which has neither corrections nor hashes: nobody could tell whether it is whole. Export it again with this version of Muster.'
      : `Its version is ${JSON.stringify(version)}; this Muster reads 2 and ${DOCUMENT_VERSION}.`,
  );
}

const place = (pointer: string): string => (pointer === '' ? 'the document' : pointer.slice(1));

/** Of a choice that fits nowhere the schema complains about every branch: one sentence says as much. */
function faults(errors: readonly ErrorObject[]): string[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  const isInside = ({ instancePath: at }: ErrorObject): boolean =>
    choices.some(({ instancePath }) => at === instancePath || at.startsWith(`${instancePath}/`));
  const told = new Set([
    ...errors
      .filter((error) => !isInside(error))
      .map(({ instancePath, message = 'is wrong', params }) => {
        const what = Object.values(params).find((value) => typeof value === 'string');
        return `${place(instancePath)}: ${message}${what === undefined ? '' : ` (${what})`}.`;
      }),
    ...choices.map(
      ({ instancePath }) => `${place(instancePath)}: is nothing that can stand there.`,
    ),
  ]);
  const more = told.size - TOLD;
  return [...[...told].slice(0, TOLD), ...(more > 0 ? [`And ${more} more.`] : [])];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Unreadable(
      `It is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/**
 * Reads an exported document of this version or the one before: `docs/record.schema.json` says what
 * stands in it. Throws `Unreadable` with every reason why not.
 */
export async function readDocument(text: string): Promise<readonly KeptRecord[]> {
  const given = parsed(text);
  if (!isObject(given) || given.schema !== 'muster.record')
    throw new Unreadable(
      'It is no record of Muster’s. `/incident postmortem export json` makes one.',
    );
  const document = newest(given);
  const fits = await fitting();
  if (!fits(document)) throw new Unreadable(...faults(fits.errors ?? []));
  if (document.records.length === 0) throw new Unreadable('There is no incident in it.');
  return document.records.map(inItsOrder);
}

/** Reads such a document from a file. */
export async function readRecords(path: string): Promise<readonly KeptRecord[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    throw new Unreadable(
      code === 'ENOENT'
        ? `There is no file ${path}.`
        : `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return readDocument(text);
}

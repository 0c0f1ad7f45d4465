import { createGenerator } from 'ts-json-schema-generator';

/** The JSON Schema of the exported record, read from the types that the code is checked with. */
export function recordSchema(): object {
  const generator = createGenerator({
    path: new URL('../../src/domain/archive.ts', import.meta.url).pathname,
    tsconfig: new URL('../../tsconfig.json', import.meta.url).pathname,
    type: 'RecordDocument',
    // `tsc` has checked them; the generator's own compiler is an older one.
    skipTypeCheck: true,
  });
  const schema = generator.createSchema('RecordDocument');
  return { ...schema, title: 'Muster record, version 3' };
}

import * as z from 'zod';
import { fileSchema } from './schema.ts';

/** The part of JSON Schema that our file's schema uses. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly [key: string]: unknown;
}

/** The JSON Schema of the configuration file, generated from what `readSettings` checks with. */
export function jsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(fileSchema, {
    io: 'input',
    // zod drops examples where a value is transformed; ours are examples of what is written.
    override: ({ zodSchema, jsonSchema }) => {
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
  return JSON.parse(JSON.stringify(schema));
}

/** The keys that may stand at a path of the file. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let here: JsonSchema | undefined = jsonSchema();
  for (const step of path) here = here && inside(here, step);
  return Object.keys(here?.properties ?? {});
}

function inside(schema: JsonSchema, step: PropertyKey): JsonSchema | undefined {
  if (typeof step === 'number') return schema.items;
  const other = schema.additionalProperties;
  return schema.properties?.[String(step)] ?? (typeof other === 'object' ? other : undefined);
}

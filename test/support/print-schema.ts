import { jsonSchema } from '../../src/config/json-schema.ts';

// npx tsx test/support/print-schema.ts > docs/muster.schema.json && npx biome format --write docs/muster.schema.json
process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);

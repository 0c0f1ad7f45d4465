import { recordSchema } from './record-schema.ts';

// npx tsx test/support/print-record-schema.ts > docs/record.schema.json && npx biome format --write docs/record.schema.json
process.stdout.write(`${JSON.stringify(recordSchema(), null, 2)}\n`);

import { doctorTable } from './doctor-table.ts';

// npx tsx test/support/print-doctor.ts: the table for docs/doctor.md.
process.stdout.write(`${doctorTable}\n`);

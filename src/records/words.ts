import type { Examined } from '../db/chain/examiner.ts';
import type { Redacted } from '../db/chain/redactions.ts';
import { counted } from '../domain/counted.ts';
import { type Incident, incidentName } from '../domain/incident.ts';

/** How a command ends: as recorded, or done; something is not as recorded, or refused; it cannot tell. */
export const WHOLE = 0;
export const BROKEN = 1;
export const UNKNOWN = 2;

export type Print = (line: string) => void;

/** A hash as drafts print it: 32 bytes, as of RFC 4648, section 5. */
export const HASH = /^[\w-]{43}$/;

export const unknownHash = (hash: string): string =>
  `${hash} is the hash of none of its changes: the record that you noted is not this one.`;

const minute = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 16);

function redaction({ entry, at, by, reason }: Redacted): string {
  return `#${entry} was redacted ${minute(at)} UTC by ${by ?? 'Muster itself'}: ${reason}`;
}

/** What is missing on purpose is said in any case: whoever looks should not have to ask. */
export const redactionLines = (
  one: Pick<Incident, 'number' | 'drill'>,
  { redacted }: Examined,
): readonly string[] => redacted.map((each) => `${incidentName(one)}: ${redaction(each)}`);

/** What was found in one incident, and where in it the hash stands that somebody noted. */
export function examinedLines(
  one: Pick<Incident, 'number' | 'drill'>,
  examined: Examined,
  hash: string | null,
): readonly string[] {
  const { findings, changes, late, sealedLateAt, redacted, head, found } = examined;
  const said = findings.length === 0 ? 'as recorded' : counted(findings.length, 'finding');
  const at = hash === null ? undefined : found.get(hash);
  const noted =
    at === undefined
      ? []
      : [`  ${hash} is the hash of change ${at}: up to there it is the record that you noted.`];
  const before =
    late === 0 || sealedLateAt === null
      ? []
      : [
          `  ${counted(late, 'change')} of a version without the chain: sealed on ${new Date(sealedLateAt).toISOString().slice(0, 10)}, as they stood then.`,
        ];
  return [
    `${incidentName(one)}: ${counted(changes, 'change')}, ${said}. Newest hash: ${head || 'none'}`,
    ...findings.map((finding) => `  ${finding}`),
    ...redacted.map((one) => `  ${redaction(one)}`),
    ...before,
    ...noted,
  ];
}

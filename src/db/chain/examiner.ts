import type { Seal } from '../../domain/archive.ts';
import type { EntryRow, IncidentRow, MilestoneRow, RevisionRow } from '../rows.ts';
import { toEntry, toRevision } from '../rows.ts';
import { holds, type Link, linked } from './digest.ts';
import {
  actionPiece,
  changePiece,
  entryPiece,
  incidentPiece,
  milestonePiece,
  type Piece,
  revisionPiece,
} from './pieces.ts';
import { isBlank, isRedaction, type Redacted, redactedBy, wrote } from './redactions.ts';

/** A row of the audit, as it is in the database. */
export interface AuditRow extends Link {
  readonly action: object;
  readonly hash: string | null;
}

/** What was found in one incident. */
export interface Examined {
  /** A sentence for each. */
  readonly findings: readonly string[];
  readonly changes: number;
  /** How many changes were sealed only after a version without the chain had written them. */
  readonly late: number;
  readonly sealedLateAt: number | null;
  /** The newest hash, as computed from the rows. */
  readonly head: string;
  /** Entries whose content was taken out, in the order in which that was done. */
  readonly redacted: readonly Redacted[];
  /** After which change each of the hashes asked for stood. */
  readonly found: ReadonlyMap<string, number>;
}

/** More findings of one incident than these are counted, not told: they have one reason. */
const MOST = 20;

/** A seal with the change that holds it. */
interface Kept {
  readonly seal: Seal;
  readonly who: string;
}

/** An instant that somebody tampered with may be none. */
const day = (at: number): string =>
  Number.isNaN(new Date(at).getTime())
    ? 'at no time'
    : new Date(at).toISOString().replace('T', ' ').slice(0, 19);
const whoOf = ({ seq, at, actor }: AuditRow): string =>
  `change ${seq} (${day(at)} UTC, ${actor ?? 'Muster itself'})`;

const range = (from: number, to: number): string =>
  from === to ? `Change ${from} is missing` : `Changes ${from} to ${to} are missing`;

/** `entry 5.1` as people say it. */
function inWords(of: string): string {
  const [what = '', ...rest] = of.split(' ');
  const [name, n] = rest.join(' ').split('.');
  if (what === 'entry') return n === '0' ? `Entry ${name}` : `Entry ${name} as corrected (${n})`;
  if (what === 'revision') return `Correction ${Number(n) + 1} of entry ${name}`;
  if (what === 'milestone') return `The milestone ${name}`;
  return what === 'incident' ? 'The incident itself' : `Change ${name}`;
}

/** A change that a later one seals; `by` is 0 where none does. */
interface Unsealed {
  readonly row: AuditRow;
  readonly by: number;
}

function whyUnsealed({ row, by }: Unsealed): string {
  const which = whoOf(row).replace('change', 'Change');
  return by === 0
    ? `${which} is not sealed: a version without the chain wrote it, and the next start seals it; or somebody added it.`
    : `${which} is to be sealed by change ${by}, which does not hold it.`;
}

/**
 * Recomputes the chain of one incident: is handed its rows in order, first the audit, then
 * revisions, entries and milestones, and keeps a digest of each and no more.
 */
export class Examiner {
  readonly #incident: IncidentRow;
  readonly #asked: ReadonlySet<string>;
  readonly #findings: string[] = [];
  readonly #found = new Map<string, number>();
  readonly #seals = new Map<string, Kept>();
  readonly #unsealed = new Map<string, Unsealed>();
  readonly #redacted: Redacted[] = [];
  /** Changes whose action is gone, by the change that is to have redacted it. */
  readonly #blank: { readonly row: AuditRow; readonly by: number }[] = [];
  #count = 0;
  #previous = '';
  #seq = 0;
  #late = 0;
  #sealedLateAt: number | null = null;

  /** `asked`: hashes that somebody noted; it is said where they stand. */
  constructor(incident: IncidentRow, asked: ReadonlySet<string> = new Set()) {
    this.#incident = incident;
    this.#asked = asked;
  }

  change(row: AuditRow): void {
    const whole = row.seq === this.#seq + 1;
    if (!whole) this.#find(`${range(this.#seq + 1, row.seq - 1)}.`);
    this.#seq = row.seq;
    // A row without a link: of a version without the chain, or of nobody.
    if (row.hash === null || row.hash.startsWith('@')) {
      this.#unsealed.set(changePiece(row)[0], { row, by: Number(row.hash?.slice(1) ?? 0) });
      return;
    }
    // What follows a gap cannot be held against what is missing; that it is missing was found.
    if (whole && linked(this.#previous, row) !== row.hash)
      this.#find(
        `When, who or what is not as it was recorded, or not in its place: ${whoOf(row)}.`,
      );
    this.#previous = row.hash;
    if (this.#asked.has(row.hash)) this.#found.set(row.hash, row.seq);
    for (const seal of row.seals ?? []) this.#keep(row, seal);
  }

  /** Every change was handed over: what of them is missing, or stands alone. */
  audited(): void {
    this.#checkEnd();
    for (const unsealed of this.#unsealed.values()) this.#find(whyUnsealed(unsealed));
    for (const { row, by } of this.#blank)
      if (
        !this.#redacted.some(({ seq, entry }) => seq === by && seq > row.seq && wrote(row, entry))
      )
        this.#find(`What was done is gone, and no redaction says so: ${whoOf(row)}.`);
  }

  revision(row: RevisionRow): void {
    const { id } = this.#incident;
    const gone = this.#isRedacted(row.entry, row.seq) && isBlank(row.before) && row.reason === null;
    this.#check(revisionPiece(id, row.seq, toRevision(row)), gone);
    // What it corrected is what was recorded before, where that was recorded with a seal.
    const [of, content] = entryPiece(id, row.before);
    if (of !== `entry ${row.entry}.${row.revision}`)
      this.#find(`Correction ${row.revision + 1} of entry ${row.entry} holds another entry.`);
    else if (this.#seals.has(of))
      this.#check([of, content], this.#isRedacted(row.entry, row.seq - 1) && isBlank(row.before));
  }

  entry(row: EntryRow): void {
    this.#check(entryPiece(this.#incident.id, toEntry(row)));
  }

  milestone(row: MilestoneRow): void {
    this.#check(milestonePiece(row));
  }

  /** What was found, once every row was handed over. */
  done(): Examined {
    if (this.#seals.has('incident')) this.#check(incidentPiece(this.#incident));
    for (const [of, { seal, who }] of this.#seals)
      if (!(of.startsWith('milestone ') && holds(seal, null)))
        this.#find(`${inWords(of)} is missing: it was recorded with ${who}.`);
    const more = this.#count > MOST ? [`And ${this.#count - MOST} more.`] : [];
    return {
      findings: [...this.#findings, ...more],
      changes: this.#seq,
      late: this.#late,
      redacted: this.#redacted,
      sealedLateAt: this.#sealedLateAt,
      head: this.#previous,
      found: this.#found,
    };
  }

  #find(sentence: string): void {
    this.#count += 1;
    if (this.#count <= MOST) this.#findings.push(sentence);
  }

  #checkEnd(): void {
    const { seq, chain } = this.#incident;
    if (this.#seq < seq) this.#find(`${range(this.#seq + 1, seq)} at the end.`);
    if (this.#seq > seq) this.#find(`There are ${this.#seq} changes, and the incident had ${seq}.`);
    if (this.#previous !== chain)
      this.#find('The newest hash kept with the incident is not that of its newest change.');
  }

  #keep(row: AuditRow, seal: Seal): void {
    const who = whoOf(row);
    if (seal.of === 'action') {
      const by = redactedBy(row.action);
      if (by !== null) this.#blank.push({ row, by });
      else if (!holds(seal, actionPiece(row.action)[1]))
        this.#find(`What was done is not what was recorded with ${who}.`);
      else this.#noteRedaction(row);
      return;
    }
    this.#seals.set(seal.of, { seal, who });
    const waiting = this.#unsealed.get(seal.of);
    if (waiting === undefined || waiting.by !== row.seq) return;
    this.#unsealed.delete(seal.of);
    this.#late += 1;
    this.#sealedLateAt = row.at;
    const by = redactedBy(waiting.row.action);
    if (by !== null) this.#blank.push({ row: waiting.row, by });
    this.#check(changePiece(waiting.row), by !== null);
  }

  #noteRedaction({ seq, at, actor, action }: AuditRow): void {
    if (!isRedaction(action)) return;
    const { entry, reason } = action;
    this.#redacted.push({ entry, seq, at, by: actor, reason });
  }

  /** Whether what was written with this change or before it was taken out later. */
  #isRedacted(entry: number, seq: number): boolean {
    return this.#redacted.some((one) => one.entry === entry && one.seq > seq);
  }

  /** Must be as it was sealed, or `gone`; nothing else may be under its name after that. */
  #check([of, content]: Piece, gone = false): void {
    const kept = this.#seals.get(of);
    if (kept === undefined)
      this.#find(
        `${inWords(of)} is in no ${this.#unsealed.size > 0 ? 'sealed change' : 'change: somebody added it'}.`,
      );
    else if (!gone && !holds(kept.seal, content))
      this.#find(`${inWords(of)} is not what was recorded with ${kept.who}.`);
    this.#seals.delete(of);
  }
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeDraft, draftMarkdown } from '../../../src/domain/postmortem/index.ts';
import { outsideOf } from '../../../src/domain/postmortem/outward.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { KINDS } from '../../../src/domain/words.ts';
import { createScribe, type Scribe, settings } from '../../support/scribe.ts';
import { anyRecord } from './any-record.ts';

const AT = Date.parse('2026-03-10T14:00:00Z');
const PEOPLE = { U1: 'ana', U2: 'Bo de Wit', U0CLEO: 'cleo.park', U4: '田中' };
const outside = outsideOf(PEOPLE);

const publicOf = (record: IncidentRecord): string =>
  draftMarkdown(
    composeDraft({ records: [record] }, settings, { version: 1, now: AT, preset: 'public' }),
  );

test.each([
  ['<@U1> restarted it', '[name] restarted it'],
  ['<@U9|zed> and @somebody.else looked', '[name] and [name] looked'],
  ['Ana restarted it with Bo de Wit', '[name] restarted it with [name]'],
  ['Bo restarted it; so did Wit, de facto', '[name] restarted it; so did [name], de facto'],
  ['cleo.park and CLEO.PARK saw it', '[name] and [name] saw it'],
  ['田中 saw it', '[name] saw it'],
  ['U0CLEO was asked', '[name] was asked'],
  ['Analytics and a banana', 'Analytics and a banana'],
  ['told in <#C1|ops> and #inc-42-checkout', 'told in [channel] and [channel]'],
  ['<!here> look, @channel', '[channel] look, [channel]'],
  ['see https://grafana.acme.dev/d/1?x=2.', 'see [link]'],
  ['see <https://acme.dev/x|the board>', 'see [link]'],
  ['see grafana.acme.dev/d/1 or www.acme.dev', 'see [link] or [link]'],
  ['db1.prod.internal:5432 refused 10.2.3.4:5432', '[link] refused [address]'],
  ['mail ops@acme.dev', 'mail [address]'],
  ['like INC-41', 'like [incident]'],
  [
    'Incident #1: 20% of users, 3.5 s, v1.2.3, save_user_state',
    'Incident #1: 20% of users, 3.5 s, v1.2.3, save_user_state',
  ],
])('%s', (typed, told) => {
  expect(outside(typed)).toBe(told);
});

test('whatever somebody is called, it is not told', () => {
  const called = fc.string({ minLength: 2, unit: 'grapheme' }).map((name) => name.trim());
  fc.assert(
    fc.property(called, (name) => {
      fc.pre(/^[\p{L}\p{N}]/u.test(name) && /[\s._-]|\d/.test(name));
      expect(outsideOf({ U1: name })(`: ${name} :`)).not.toContain(name);
    }),
  );
  expect(outsideOf({ U1: 'people-operations-lead' })('by people-operations-lead')).toBe(
    'by [name]',
  );
});

test('nobody is known by name where there is nobody', () => {
  expect(outsideOf({})('Ana restarted it')).toBe('Ana restarted it');
});

/** One entry of everything that there is, each with a word of its own. */
function everything(scribe: Scribe): void {
  const write = (word: string, more: Parameters<Scribe['write']>[0] | object) =>
    scribe.write({ text: `INSIDE-${word}`, at: AT, ...more });
  for (const kind of KINDS) write(`kind-${kind}`, { kinds: [kind] });
  const mark = (name: Parameters<Scribe['point']>[0]) =>
    scribe.point(name, write(`mark-${name}`, {}).no);
  for (const name of [
    'impact started',
    'detected',
    'acknowledged',
    'cause found',
    'mitigated',
    'impact ended',
    'resolved',
    'closed',
  ] as const)
    mark(name);
  const finding = { at: null, after: null };
  write('workaround', { ...finding, detail: { type: 'workaround', n: 1, none: false } });
  write('lesson', { ...finding, detail: { type: 'lesson', n: 1, sort: 'badly' } });
  write('worsened', { ...finding, detail: { type: 'cause', n: 1, role: 'worsened' } });
  write('limited', { ...finding, detail: { type: 'cause', n: 2, role: 'limited' } });
  write('comms', { detail: { type: 'comms', audience: 'internal' }, kinds: ['comms'] });
  write('update', { detail: { type: 'update' } });
  write('severity', {
    detail: { type: 'severity', from: 'sev9', to: 'sev8', reason: 'INSIDE-why' },
  });
  write('role', {
    detail: { type: 'role', role: 'INSIDE-role', user: 'U1', previous: 'U2', note: 'INSIDE-note' },
  });
  write('page', { detail: { type: 'page', targets: ['user:U1'], reason: 'INSIDE-reason' } });
  write('ping', {
    detail: { type: 'ping', level: 1, targets: ['user:U0CLEO', 'channel:C0OPS'] },
    author: null,
    source: 'system',
  });
  write('struck', {
    struck: { by: 'U1', at: AT, reason: 'INSIDE-struck' },
    detail: { type: 'effect', n: 9 },
  });
  scribe.state('INSIDE-metric', 60_000);
  scribe.action('INSIDE-corrective', { sort: 'corrective' });
  scribe.action('INSIDE-unsorted', { sort: null });
}

test('nothing internal, no person, channel or link is in the public version', () => {
  const scribe = createScribe(42, AT, 'Checkout fails, says Ana in #ops', 'UTC');
  everything(scribe);
  const leak = 'by Ana, <@U2>, cleo.park in <#C0OPS|ops> at https://acme.dev/x';
  const finding = { at: null, after: null };
  scribe.write({ ...finding, text: `OUT-effect ${leak}`, detail: { type: 'effect', n: 1 } });
  scribe.write({
    ...finding,
    text: `OUT-root ${leak}`,
    detail: { type: 'cause', n: 3, role: 'root' },
  });
  scribe.write({
    ...finding,
    text: `OUT-fix ${leak}`,
    detail: { type: 'fix', n: 1, permanence: null },
  });
  scribe.action(`OUT-prevention ${leak}`, {
    sort: 'preventive',
    owner: 'U0CLEO',
    refs: ['OPS-77'],
  });
  scribe.write({
    at: AT,
    text: `OUT-post ${leak}`,
    detail: { type: 'comms', audience: 'external' },
  });
  const record = {
    ...scribe.record({
      header: {
        service: 'OUT-service of Ana',
        zones: 'UTC',
        team: 'INSIDE-team',
        assumed: 'INSIDE-assumed',
      },
      roles: { commander: 'U1' },
    }),
    people: PEOPLE,
  };
  const markdown = publicOf(record);
  for (const word of ['effect', 'root', 'fix', 'prevention', 'post', 'service'])
    expect(markdown, word).toContain(`OUT-${word}`);
  expect(markdown.match(/INSIDE-[\w-]*/g)).toBeNull();
  for (const leaked of [
    /\bana\b/i,
    /\bBo de Wit\b/,
    /cleo/i,
    /U0?[12]\b/,
    /C0OPS/,
    /#ops/,
    /\bacme\b/,
    /https?:/,
    /INC-42/,
    /OPS-77/,
    /sev\d/,
    /\[#\d/,
    /@/,
  ])
    expect(markdown, String(leaked)).not.toMatch(leaked);
});

test('of any record, nothing but what is named for it is in the public version', () => {
  const marked = (record: IncidentRecord): IncidentRecord => ({
    ...record,
    entries: record.entries.map((entry) => ({ ...entry, text: `¤${entry.no}¤${entry.text}` })),
  });
  const mayBeTold = ({ detail, struck }: IncidentRecord['entries'][number]): boolean =>
    struck === null &&
    (detail?.type === 'effect' ||
      detail?.type === 'fix' ||
      (detail?.type === 'cause' && ['trigger', 'root', 'contributing'].includes(detail.role)) ||
      (detail?.type === 'action' && detail.item.sort === 'preventive') ||
      (detail?.type === 'comms' && detail.audience === 'external'));
  fc.assert(
    fc.property(anyRecord, (record) => {
      const told = new Set(
        [...publicOf(marked(record)).matchAll(/¤(\d+)¤/g)].map(([, no]) => Number(no)),
      );
      const wrong = record.entries.filter((entry) => told.has(entry.no) && !mayBeTold(entry));
      expect(wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

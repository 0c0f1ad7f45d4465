import { expect } from 'vitest';
import { readable } from '../../src/commands/slack-tokens.ts';
import { blockProblems } from '../../src/demo/workspace/assert-limits.ts';
import type { Reply } from '../../src/domain/decision.ts';
import { composeDraft, draftMessage } from '../../src/domain/postmortem/index.ts';
import { masked } from '../../src/domain/secrets/index.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Message } from '../../src/domain/text.ts';
import { type Handled, handle } from '../../src/handle.ts';
import type { Answer, Ports, Store } from '../../src/ports.ts';
import { renderMessage } from '../../src/slack/render.ts';
import { someDoctor } from '../domain/doctor/well.ts';
import { declared } from '../support/clockwork.ts';
import { activeIn } from '../support/hostile.ts';
import { SETTINGS } from '../support/ladder.ts';
import { createDesk } from './desk.ts';

/** Renders a message as Slack gets it; gives what in it Slack would act on. */
export function rendered(message: Message): string[] {
  return renderMessage(message).flatMap((part) => {
    expect(blockProblems(part.blocks)).toEqual([]);
    return activeIn({ text: part.text, blocks: part.blocks });
  });
}

/** An incident of which the real rules decide, with what was answered. */
export function createRoom(settings: Settings = SETTINGS) {
  const clockwork = declared('sev1', settings);
  const answers: Answer[] = [];
  const { store: desk } = createDesk([]);
  const recorded = () => ({
    incident: clockwork.incident,
    entries: clockwork.entries,
    timers: clockwork.timers,
    asOf: clockwork.now,
    people: {},
  });
  const store: Store = {
    ...desk,
    change: async ({ request }) => {
      const { action, actor, typed } = request;
      const opens = 'title' in action;
      const decided = opens ? null : clockwork.attempt(action, actor.id, actor.zone, typed);
      const reply: Reply =
        decided === null
          ? { message: { summary: [action.type], blocks: [] }, to: 'asker', outcome: 'done' }
          : decided.ok
            ? decided.value.reply
            : {
                message: { summary: [decided.refusal.reason], blocks: [] },
                to: 'asker',
                outcome: 'refused',
              };
      return {
        reply,
        repeated: false,
        incident: clockwork.incident,
        hint: { timers: [], outbox: false, work: false },
      };
    },
    answer: async (answer) => {
      answers.push(answer);
      return answer.reply;
    },
    inChannel: async () => clockwork.incident,
    numbered: async () => clockwork.incident,
    list: async () => [clockwork.incident],
    record: async () => recorded(),
    report: async () => ({ records: [recorded()] }),
    now: async () => clockwork.now,
  };
  const ports: Ports = { store, settings, doctor: someDoctor(), wake: () => undefined };
  let typed = 0;
  return {
    clockwork,
    answers,
    type: (text: string, source: 'command' | 'form'): Promise<Handled> => {
      typed += 1;
      const actor = { id: 'UANA', zone: 'Europe/Amsterdam' };
      const line = { workspace: 'T1', key: `k${typed}`, actor, channel: 'C042', text, source };
      return handle(line, ports);
    },
  };
}

/** What the configuration and Slack call things and people. */
interface Called {
  readonly settings?: Settings;
  readonly people?: Readonly<Record<string, string>>;
}

export type Room = ReturnType<typeof createRoom>;

/** Everything that this incident would say, rendered. */
export function saidBy(
  { clockwork }: Pick<Room, 'clockwork'>,
  { settings = SETTINGS, people = {} }: Called = {},
): string[] {
  const { incident, entries, timers, now } = clockwork;
  const record = { incident, entries, timers, asOf: now, people };
  const draft = composeDraft({ records: [record] }, settings, { version: 1, now });
  const messages = clockwork.notices.flatMap(({ what }) =>
    what.type === 'message' ? [what.message] : [],
  );
  return [...messages, draftMessage(draft)].flatMap(rendered);
}

/** Letters without what is between them: renderers put marks and breaks there. */
export const squeezed = (text: string): string =>
  text.normalize('NFC').replaceAll(/[\s\0\p{Cf}\p{Surrogate}]+/gu, '');

/** What is to be kept of what was typed: all of it, secrets aside, mentions by their names. */
export const keptOf = (typed: string): string =>
  squeezed(readable(masked(typed.replaceAll(/\0|\p{Surrogate}/gu, '')).text)).replace(
    /^\/incident/i,
    '',
  );

import type { Reply } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import {
  type Block,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
  user,
} from '../domain/text.ts';
import { oneLine, shortened } from '../domain/views/phrases.ts';
import { refusalMessage, resend } from '../domain/views/refusal.ts';

/** What stands before every kept line in Slack, so that it can be copied. */
export const COMMAND = '/incident ';

const SUMMARY = 120;
/** What Slack takes in one text, less the words around it. */
const LONGEST = 2800;

/** A kept line as the channel sees it. The line stands alone in its quote: it is read from there. */
export function keptMessage(actor: string, text: string, at: Instant, since: Instant): Message {
  return {
    summary: ['Recorded here: ', COMMAND, oneLine(text, SUMMARY)],
    blocks: [
      paragraph(user(actor), ' typed at ', instant(at), ':'),
      { type: 'quote', text: `${COMMAND}${text}` },
      note(...notYet(since)),
    ],
  };
}

const notYet = (since: Instant): Line => [
  'The database has not answered since ',
  instant(since),
  '. This is recorded here and will be imported.',
];

/** An escalation as the channel sees it, before its pings. */
export function escalationMessage(what: readonly Line[], since: Instant): Message {
  return {
    summary: ['Escalating without the database.'],
    blocks: [
      ...what.map((line) => paragraph(...line)),
      note(
        'The database has not answered since ',
        instant(since),
        '. Muster escalates from what it knew then; the record follows.',
      ),
    ],
  };
}

/** What whoever typed a line is told when it is kept. */
export function keptReply(
  channel: string,
  typed: string,
  { at, since, more }: { at: Instant; since: Instant; more: string | undefined },
): Reply {
  const where: Line = ['Recorded in ', { type: 'channel', id: channel }, ', as typed at '];
  const first: Line = [...where, instant(at), '. It is not done yet.'];
  const blocks: Block[] = [
    paragraph(...first),
    paragraph(
      'The database has not answered since ',
      instant(since),
      '. When it is back, this is imported as if it had been done at once; you need not send it again.',
    ),
    { type: 'quote', text: `${COMMAND}${shortened(typed, LONGEST)}` },
    ...(more === undefined ? [] : [note(more)]),
  ];
  return { message: { summary: first, blocks }, to: 'asker', outcome: 'done' };
}

/** Something looked up in memory: how old it is. */
export function rememberedReply(reply: Reply, asOf: Instant | null, since: Instant): Reply {
  const { summary, blocks } = reply.message;
  const age: Line =
    asOf === null
      ? ['The database has not answered since ', instant(since), '.']
      : ['As of ', instant(asOf), '. The database has not answered since ', instant(since), '.'];
  return { ...reply, message: { summary, blocks: [...blocks.slice(0, 48), note(...age)] } };
}

/** What cannot be done or shown meanwhile, with the line to send again. */
export function waitsReply(reason: string, typed: string, since: Instant): Reply {
  const { summary, blocks } = refusalMessage({ reason }, typed);
  const again = blocks.length > 1 ? [] : resend(typed);
  return {
    message: {
      summary,
      blocks: [
        ...blocks,
        ...(typed === '' ? [] : again),
        note(
          'The database has not answered since ',
          instant(since),
          '. This is not kept: send it again when it is back.',
        ),
      ],
    },
    to: 'asker',
    outcome: 'refused',
  };
}

/** What came of a kept line that was not simply done, for whoever typed it. */
export function laterMessage({ message }: Reply, typed: string, at: Instant): Message {
  return {
    summary: ['About what you typed while the database was away: ', ...message.summary],
    blocks: [
      paragraph('While the database was away, at ', instant(at), ', you typed:'),
      { type: 'quote', text: `${COMMAND}${shortened(typed, LONGEST)}` },
      ...message.blocks.slice(0, 45),
    ],
  };
}

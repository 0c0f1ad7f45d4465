import type { World } from '../decision.ts';
import { type Incident, incidentName } from '../incident.ts';
import { MINUTE } from '../instant.ts';
import type { PingingName } from '../ping.ts';
import { code, dated, instant, type Line, type Span, user } from '../text.ts';
import { deadline, type Firing } from '../timers/index.ts';
import { inWords, TIMER_NAMES } from './wording.ts';

/** What a ping may speak of. */
interface Occasion {
  readonly incident: Incident;
  readonly firing: Firing;
  readonly world: World;
}

interface PingText {
  readonly why: (occasion: Occasion) => Line;
  /** What stops it. */
  readonly stops: Line;
}

/**
 * A clock's two sentences: before it runs out, with the deadline, and after, with the span; where it
 * is said again, with the time that has really passed.
 */
function ladderText(
  warning: (name: string, by: Span) => Line,
  breach: (name: string, span: string) => string,
): PingText['why'] {
  return ({ incident, firing, world }) => {
    const name = incidentName(incident);
    const { timer, steps } = firing;
    const last = steps.at(-1)?.event;
    if (last?.type === 'warning') {
      return warning(name, dated(deadline(timer, incident, world.settings), world.now));
    }
    const again = last?.type === 'breach' && last.again > 0;
    const span = inWords(again ? world.now - timer.basis : timer.span);
    return [`${again ? 'Again: ' : ''}${breach(name, span)}${foldedText(firing)}`];
  };
}

/** What was skipped because several steps of one clock were due at once. */
function foldedText({ folded }: Firing): string {
  if (folded === 0) return '';
  return ` ${folded + 1} notices were due by now; this one stands for all of them.`;
}

/** Whether nobody can have had the time to answer: it was opened just now. */
const isNew = ({ openedAt, armedAt }: Incident, now: number): boolean =>
  armedAt === openedAt && now - openedAt < MINUTE;

function policyText({ incident, firing, world }: Occasion): Line {
  const name = incidentName(incident);
  const last = firing.steps.at(-1)?.event;
  const folded = foldedText(firing);
  if (last?.type === 'exhausted') {
    const again = last.again > 0 ? 'Still nobody' : 'Nobody';
    return [
      `${again} has acknowledged ${name}, and everybody in the policy has been pinged. It needs a person now.${folded}`,
    ];
  }
  if (last?.type !== 'level') return [`Nobody has acknowledged ${name}.${folded}`];
  // What it is about stands before it in every ping.
  const { armedAt, declaredBy, drill, openedAt } = incident;
  if (last.level === 1 && last.round === 0 && isNew(incident, world.now)) {
    const opened = [user(declaredBy), ' at ', dated(openedAt, world.now)];
    return [
      `New ${drill ? 'drill' : 'incident'}, opened by `,
      ...opened,
      '. Please acknowledge it.',
    ];
  }
  const round = last.round === 0 ? '' : `, round ${last.round + 1}`;
  const since = dated(armedAt, world.now);
  return ['Nobody has acknowledged it since ', since, `: level ${last.level}${round}.${folded}`];
}

/** What each clock says when it fires. One row per timer. */
export const PING_TEXTS: Readonly<Record<PingingName, PingText>> = {
  acknowledge: {
    why: ladderText(
      (name, by) => [`Nobody has acknowledged ${name}. It must be acknowledged by `, by, '.'],
      (name, span) => `Nobody has acknowledged ${name} within ${span}.`,
    ),
    stops: ['Acknowledge, or type ', code('/incident ack')],
  },
  commander: {
    why: ladderText(
      (name, by) => [`Nobody leads ${name}. It needs a commander by `, by, '.'],
      (name, span) => `Nobody has taken command of ${name} within ${span}.`,
    ),
    stops: ['Take command, or type ', code('/incident lead me')],
  },
  update: {
    why: ladderText(
      (name, by) => [`${name} needs a status update by `, by, '.'],
      (name, span) => `${name} has had no status update for ${span}.`,
    ),
    stops: ['Post an update, or type ', code('/incident update <text>')],
  },
  mitigate: {
    why: ladderText(
      (name, by) => [`${name} must be mitigated by `, by, '.'],
      (name, span) => `${name} is not mitigated within ${span}.`,
    ),
    stops: ['Once it is mitigated, type ', code('/incident mitigated')],
  },
  resolve: {
    why: ladderText(
      (name, by) => [`${name} must be resolved by `, by, '.'],
      (name, span) => `${name} is not resolved within ${span}.`,
    ),
    stops: ['Once it is over, type ', code('/incident resolve')],
  },
  policy: { why: policyText, stops: ['Acknowledge, or type ', code('/incident ack')] },
  presence: {
    why: ({ incident, firing: { timer, next } }) => [
      `Are you still on ${incidentName(incident)}? Nothing was done in it for ${inWords(timer.span + timer.delay)}.`,
      ...(next === null
        ? []
        : [
            ' Without an answer by ',
            instant(next.dueAt),
            ' the acknowledgement is void, and the escalation starts anew.',
          ]),
    ],
    stops: ['Log something, post an update, or press Still on it; or type ', code('/incident ack')],
  },
  actions: {
    why: ({ incident }) => [`Action items of ${incidentName(incident)} are due.`],
    stops: ['Once one is done, type ', code('/incident action done <n>')],
  },
  postmortem: {
    why: ({ incident, firing: { timer, steps } }) => {
      const name = incidentName(incident);
      const last = steps.at(-1)?.event;
      if (last?.type !== 'breach' || last.again === 0) {
        return [`The postmortem of ${name} is due now.`];
      }
      return [
        `The postmortem of ${name} is not published. It was due `,
        instant(timer.basis + timer.span, 'full'),
        '.',
      ];
    },
    stops: ['Once it is out, type ', code('/incident postmortem publish <link>')],
  },
};

/** Why a firing is late, for the timeline: Muster knows that it did not run, not which of the two it was. */
function lateText({ lateMs }: Firing): string {
  if (lateMs === 0) return '';
  return ` Sent ${inWords(lateMs)} late: Muster was restarted or had an outage.`;
}

/** What the timeline says about a firing. */
export function entryText(incident: Incident, firing: Firing): string {
  const { timer, steps } = firing;
  const last = steps.at(-1)?.event;
  const late = `${foldedText(firing)}${lateText(firing)}`;
  if (last?.type === 'level') {
    const pinged = incident.drill ? 'Would have pinged' : 'Pinged';
    return `${pinged} level ${last.level} of the policy.${late}`;
  }
  if (last?.type === 'exhausted') {
    return `The policy is exhausted: nobody has acknowledged ${incidentName(incident)}.${late}`;
  }
  const name = TIMER_NAMES[timer.name];
  if (timer.name === 'presence') {
    return `Asked in private whether somebody is still on it: nothing was done for ${inWords(timer.span + timer.delay)}.${late}`;
  }
  if (timer.name === 'postmortem')
    return `Reminded of the postmortem, which is not published.${late}`;
  const what = last?.type === 'warning' ? 'Warning' : 'Breach';
  return `${what}: ${name} within ${inWords(timer.span)}.${late}`;
}

import { counted } from '../counted.ts';
import type { Reply } from '../decision.ts';
import type { Entry } from '../entry.ts';
import { addressOf, COMMANDER, type Incident, incidentName, isOver } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Target } from '../settings.ts';
import { distinct } from '../targets.ts';
import { type Button, code, type Line, user } from '../text.ts';
import { channelOf, titled } from '../views/phrases.ts';
import type { MilestoneName } from '../words.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { bringOver, isBrought } from './brought-over.ts';
import { type Change, notify, patch, pointer, write } from './change.ts';
import { stayAway } from './departing.ts';
import { linkMerged } from './linking.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { ask, button, nameOf, reply } from './wording.ts';

/** What was set there and may be wanted here; only a verb sets it. */
const WANTED: readonly MilestoneName[] = [
  'impact started',
  'detected',
  'cause found',
  'mitigated',
  'impact ended',
];

/** Declared twice: what is recorded there comes here, and the other one is over. Asks first. */
function merge(change: Change, action: ActionOf<'merge'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (addressOf(action.other) === addressOf(incident))
    return refuse(`${incidentName(incident)} is this incident itself.`, 'merge 43');
  const there = change.other?.change ?? null;
  if (there === null) return refuse(`There is no ${incidentName(action.other)}.`, 'list');
  const done = mergedAlready(incident, there.incident);
  if (done !== null) return ok(done);
  const no = whyApart(incident, there.incident) ?? whyNotNow(incident, there.incident);
  if (no !== null) return no;
  if (!action.confirmed) return ok(question(incident, there));
  return ok(merged(change, there, context));
}

const isMergedInto = (one: Incident, other: Incident): boolean =>
  one.status === 'cancelled' &&
  one.links.some(
    ({ sort, back, to }) =>
      sort === 'duplicate' && !back && to.number === other.number && to.drill === other.drill,
  );

/** Somebody was faster, the same way or the other: one result, and an explanation. */
function mergedAlready(incident: Incident, other: Incident): Reply | null {
  for (const [from, into] of [
    [other, incident],
    [incident, other],
  ] as const)
    if (isMergedInto(from, into))
      return reply([
        nameOf(from),
        ' is merged into ',
        nameOf(into),
        ' already. Go on in ',
        channelOf(into),
        '.',
      ]);
  return null;
}

/** What must never be one. */
function whyApart(incident: Incident, other: Incident) {
  const [here, there] = [incidentName(incident), incidentName(other)];
  if (incident.drill !== other.drill)
    return refuse(
      `${incident.drill ? here : there} is a drill, and ${incident.drill ? there : here} is not: they stay apart.`,
    );
  if (incident.private === other.private) return null;
  if (other.private)
    return refuse(
      `${there} is private, and ${here} is not: what it says must not be read here. They stay apart.`,
    );
  return refuse(
    `${here} is private, and ${there} is not: whoever is there would learn of it. Cancel ${there}, and log here what is needed.`,
    `${addressOf(other)} cancel dealt with elsewhere`,
  );
}

/** An end stands, with its draft; and nothing that runs is put away in what is over. */
function whyNotNow(incident: Incident, other: Incident) {
  const [here, there] = [incidentName(incident), incidentName(other)];
  if (isOver(other))
    return refuse(
      `${there} is ${other.status} already and keeps its own record. Link it.`,
      `link ${addressOf(other)} duplicate`,
    );
  if (isOver(incident))
    return refuse(
      `${here} is ${incident.status}, and ${there} is not. Reopen ${here} first, or merge it the other way.`,
      'reopen it is the same one',
    );
  return null;
}

function question(incident: Incident, there: Change): Reply {
  const count = there.snapshot.entries.filter(isBrought).length;
  const [here, other] = [incidentName(incident), incidentName(there.incident)];
  const apart = incident.private
    ? [[`Both are private: whoever is in ${here} reads then what ${other} says.`]]
    : [];
  return ask([`Merge ${titled(there.incident)} into ${titled(incident)}?`], {
    lines: [
      [
        `What people recorded there comes here (${counted(count, 'entry', 'entries')}), whoever wrote there is invited, ${other} is cancelled, and its timers and pings stop.`,
      ],
      ...apart,
    ],
  });
}

function merged(change: Change, there: Change, context: Context): Reply {
  const { incident } = change;
  const { actor } = context;
  const before = there.incident;
  const [here, other] = [incidentName(incident), incidentName(before)];
  const brought = bringOver(change, before, there.snapshot.entries);
  stayAway(change, before);
  linkMerged(change, there, context);
  cancelThere(change, there, context);
  const targets = invited(before, there.snapshot.entries);
  notify(change, 'invite', { to: { type: 'chores' }, what: { type: 'invite', targets } });
  tellChannel(change, [user(actor.id), ` merged ${titled(before)} into this incident.`], {
    lines: [
      [
        `${counted(brought.size, 'entry', 'entries')} brought over; whoever wrote there is invited.`,
      ],
    ],
  });
  const moments = lacking(change, before, brought);
  return reply(
    [
      `${other} is merged into `,
      nameOf(incident),
      `: ${counted(brought.size, 'entry', 'entries')} brought over.`,
    ],
    {
      lines: [...moments.lines, ...milder(change, before, context)],
      notes: [
        [`What Muster recorded of ${other}’s own clocks, roles and pings stays there.`],
        [
          `Should it be another one after all: `,
          code(`/incident ${addressOf(before)} reopen`),
          `. What was brought over stays in ${here} until it is struck.`,
        ],
      ],
      buttons: [...moments.buttons, button(incident, 'Timeline', 'timeline')],
    },
  );
}

function cancelThere({ incident }: Change, there: Change, context: Context): void {
  const { actor, request } = context;
  const reason = `merged into ${incidentName(incident)}`;
  write(there, {
    at: typedAt(context),
    text: `Cancelled: ${reason}`,
    detail: { type: 'cancelled', reason },
    author: actor.id,
    source: request.source,
  });
  patch(there, { status: 'cancelled', pausedAt: null });
  settlePings(there, [`Merged into ${incidentName(incident)} by `, user(actor.id)], null);
  tellChannel(there, [user(actor.id), ` merged this incident into ${titled(incident)}.`], {
    lines: [['Go on in ', channelOf(incident), '. Whoever wrote here is invited there.']],
  });
}

/** Whoever takes part there. */
const invited = ({ declaredBy, roles }: Incident, entries: readonly Entry[]): readonly Target[] => {
  const authors = entries.flatMap(({ author, source }) =>
    author === null || source === 'system' ? [] : [author],
  );
  const people = [declaredBy, ...Object.values(roles), ...authors];
  return distinct(people.map((id) => ({ type: 'user', id })));
};

/** Of two of these the earlier one counts. */
const FIRST: readonly MilestoneName[] = ['impact started', 'detected'];

/** Milestones that were set there, and are not set here or are later, each ready to be taken over. */
function lacking(change: Change, there: Incident, brought: ReadonlyMap<number, Entry>) {
  const lines: Line[] = [];
  const buttons: Button[] = [];
  for (const name of WANTED) {
    const set = there.milestones.find((one) => one.name === name && one.round === there.round);
    const entry = set === undefined ? undefined : brought.get(set.entry);
    if (entry === undefined || entry.at === null) continue;
    const own = pointer(change, name);
    const isEarlier = FIRST.includes(name) && entry.at < (own?.at ?? Number.NEGATIVE_INFINITY);
    if (own !== null && !isEarlier) continue;
    const here = own === null ? 'is not recorded here; there it was' : 'was earlier there:';
    lines.push([`“${name}” ${here} #${set?.entry}, now #${entry.no}.`]);
    const label = own === null ? `Set “${name}”` : `Move “${name}” to #${entry.no}`;
    buttons.push(button(change.incident, label, `${name} #${entry.no}`));
  }
  return { lines, buttons };
}

/** That the other one was held to be worse, and whoever led it. */
function milder({ incident }: Change, there: Incident, { world }: Context): Line[] {
  const rank = (name: string): number =>
    world.settings.severities.findIndex((severity) => severity.name === name);
  const lead = there.roles[COMMANDER];
  return [
    ...(rank(there.severity) < rank(incident.severity)
      ? [
          [
            `${incidentName(there)} was ${there.severity}, this is ${incident.severity}. To raise it: `,
            code(`/incident sev ${there.severity}`),
          ],
        ]
      : []),
    ...(lead !== undefined && incident.roles[COMMANDER] === undefined
      ? [[user(lead), ' led it; nobody leads this one yet.']]
      : []),
  ];
}

/** Two that are one. */
export const merging: Rules<'merge'> = {
  merge: {
    needs: ({ other }) => ({ other: { which: other, whole: true } }),
    handle: merge,
  },
};

import { every, handoff } from './week.ts';
import { type Found, isSection, list, section } from './written.ts';

/** What is wrong between the parts of a schedule. */
export const scheduleChecks = (root: unknown): readonly Found[] =>
  Object.entries(section(root, 'schedules')).flatMap(([name, schedule]) => {
    const keys = ['schedules', name];
    const layers = list(schedule, 'layers').map((layer, index) => ({
      layer,
      keys: [...keys, 'layers', index],
    }));
    const rotation = { layer: section(schedule, 'rotation'), keys: [...keys, 'rotation'] };
    return [
      ...oneWay(schedule, keys),
      ...[...layers, rotation].flatMap(({ layer, keys }) => handedOver(layer, keys)),
      ...neverReached(layers),
    ];
  });

function oneWay(schedule: unknown, keys: readonly PropertyKey[]): readonly Found[] {
  if (!isSection(schedule)) return [];
  const [one, several] = [schedule.rotation !== undefined, schedule.layers !== undefined];
  if (one && several)
    return [
      {
        keys: [...keys, 'layers'],
        reason: 'stands beside a rotation',
        fix: 'make the rotation one of the layers',
      },
    ];
  if (one || several) return [];
  const fix = 'write rotation: { every: week, handoff: Monday 09:00, members: [U…] }, or layers';
  return [{ keys: [...keys, 'rotation'], reason: 'is missing', fix }];
}

/** A turn of weeks ends on a day of the week; a shorter one ends on any day. */
function handedOver(layer: unknown, keys: readonly PropertyKey[]): readonly Found[] {
  if (!isSection(layer) || layer.handoff === undefined) return [];
  const [turn, moment] = [every.read(layer.every), handoff.read(layer.handoff)];
  if (turn === undefined || moment === undefined) return [];
  const at = [...keys, 'handoff'];
  const weeks = turn.unit === 'week';
  if (weeks && moment.weekday === null)
    return [{ keys: at, reason: 'names no day of the week', fix: 'write Monday 09:00' }];
  if (!weeks && moment.weekday !== null)
    return [
      {
        keys: at,
        reason: `names a day of the week, but a turn is ${turn.count} ${turn.unit}${turn.count > 1 ? 's' : ''}`,
        fix: 'write the time alone, such as 09:00, and the first day as start',
      },
    ];
  return [];
}

/** The first layer that has somebody decides: one that always has hides those after it. */
function neverReached(
  layers: readonly { readonly layer: unknown; readonly keys: readonly PropertyKey[] }[],
): readonly Found[] {
  const always = layers.findIndex(({ layer }) => isSection(layer) && layer.only === undefined);
  if (always < 0) return [];
  return layers.slice(always + 1).map(({ keys }) => ({
    keys,
    reason: 'never has anybody on call: the layer before it always has',
    fix: 'give the layer before it hours with only: […], or put this one first',
  }));
}

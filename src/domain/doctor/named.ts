import type { Settings, Target } from '../settings.ts';

/** Everybody and everything of Slack that the configuration names, each once. */
export interface Named {
  readonly people: readonly string[];
  readonly groups: readonly string[];
  readonly channels: readonly string[];
}

/** Whom and what the configuration names by id: what can be looked up in Slack. */
export function namedIn(settings: Settings): Named {
  const { policies, schedules, administrators, announce, invite } = settings;
  const levels = Object.values(policies).flatMap((policy) => policy.levels);
  const targets: readonly Target[] = [...invite, ...levels.flatMap(({ notify }) => notify)];
  const ids = (type: Target['type']): string[] =>
    targets.flatMap((target) =>
      target.type === type && 'id' in target && target.id !== null ? [target.id] : [],
    );
  const members = Object.values(schedules).flatMap(({ layers }) =>
    layers.flatMap((layer) => layer.members),
  );
  return {
    people: distinct([...administrators, ...ids('user'), ...members]),
    groups: distinct(ids('usergroup')),
    channels: distinct([...(announce === null ? [] : [announce]), ...ids('channel')]),
  };
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

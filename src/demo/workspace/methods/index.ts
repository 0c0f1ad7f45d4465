import type { Args } from '../args.ts';
import type { Json } from '../limits/rules.ts';
import type { State } from '../state.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { reading } from './history.ts';
import { marks } from './marks.ts';
import { people } from './people.ts';
import { views } from './views.ts';

/** Answers one Web API call: the fields beside `ok`, or a thrown `SlackError`. */
export type Method = (args: Args, state: State) => Json;

/** Every Web API method that the workspace knows; `apps.connections.open` belongs to the socket. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...chat,
  ...conversations,
  ...reading,
  ...people,
  ...marks,
  ...files,
  ...views,
  'apps.connections.open': (_args, state) => ({
    url: `${state.baseUrl.replace('http', 'ws')}/link/?ticket=${state.appId}`,
  }),
};

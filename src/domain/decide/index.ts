export { TAKEN_BACK } from './capturing.ts';
/** The rulebook: what follows from what somebody asks, and from what time brings. */
export { followingInside } from './drilling.ts';
export { fire } from './fire.ts';
export { asideNameOf, channelNameOf } from './naming.ts';
export type { Needs } from './rule.ts';
export { decide, needs, open } from './table.ts';

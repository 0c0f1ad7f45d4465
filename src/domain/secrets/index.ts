export { type Masked, masked } from './mask.ts';
export { removedFromMessage, removedFromTyped, secretsIn } from './told.ts';

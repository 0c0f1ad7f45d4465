/** Where a bookmark of an incident's channel leads. */
export type Bookmark =
  | { readonly type: 'card' }
  /** The newest version of the draft. */
  | { readonly type: 'draft' }
  /** One that is configured; title and address tell them apart. */
  | { readonly type: 'link'; readonly title: string; readonly url: string };

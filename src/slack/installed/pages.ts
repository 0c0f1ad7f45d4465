import type { ServerResponse } from 'node:http';
import { literal } from '../../exports/html/literal.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1d1c1d;background:#fff}h1{font-size:1.4rem}a.button{display:inline-block;padding:.6rem 1rem;border-radius:4px;background:#7a1f1f;color:#fff;text-decoration:none;font-weight:600}@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1d21}a{color:#9cc4ff}}';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // The address of the page before may hold a code of Slack's.
  'referrer-policy': 'no-referrer',
};

/** A page to read: what happened, and what to do next. */
export interface Page {
  readonly title: string;
  readonly says: readonly string[];
  readonly button?: { readonly label: string; readonly url: string };
}

/** The page as HTML; everything in it is escaped. */
export function html({ title, says, button }: Page): string {
  const action = button
    ? `<p><a class="button" href="${literal(button.url)}">${literal(button.label)}</a></p>`
    : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${literal(title)}</title><style>${STYLE}</style></head><body><main><h1>${literal(title)}</h1>${says.map((text) => `<p>${literal(text)}</p>`).join('')}${action}</main></body></html>`;
}

/** Answers with a page. */
export function show(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, HEADERS).end(html(page));
}

export const welcome = (url: string): Page => ({
  title: 'Add Muster to your workspace',
  says: [
    'Muster opens a channel for each incident, keeps its timeline, escalates when time runs out, and drafts the postmortem.',
    'Slack shows you next what Muster is allowed to do, and asks you to agree. If your workspace wants apps to be approved, the request goes to its administrators first.',
  ],
  button: { label: 'Add to Slack', url },
});

export const installed = (name: string, url: string): Page => ({
  title: `Muster is in ${name}`,
  says: [
    'Type /incident in any channel: it opens the form that declares an incident. /incident help lists what else there is.',
    'To have incidents announced, invite Muster into the channel for it: /invite @muster.',
  ],
  button: { label: 'Open Slack', url },
});

/** Why it did not work, for whoever sat in front of it. */
const FAILURES = {
  cancelled: {
    status: 400,
    title: 'Muster was not installed',
    says: ['You said no, or Slack did for you. Nothing was changed.'],
  },
  state: {
    status: 400,
    title: 'Start again',
    says: [
      'This page was opened from another browser, a second time, or more than ten minutes after you began. Nothing was changed.',
    ],
  },
  unconfirmed: {
    status: 400,
    title: 'Slack did not confirm the installation',
    says: ['What Slack sent back does not belong together, so nothing was kept.'],
  },
  broken: {
    status: 502,
    title: 'Muster could not be installed just now',
    says: [
      'Slack or Muster’s database did not answer. Start again in a minute; if it still fails, whoever runs Muster finds the reason in its log.',
    ],
  },
} as const;

export type Failure = keyof typeof FAILURES;

/** The page for a failure, which leads back to the beginning. */
export function failed(response: ServerResponse, failure: Failure, again: string): void {
  const { status, title, says } = FAILURES[failure];
  show(response, status, { title, says, button: { label: 'Start again', url: again } });
}

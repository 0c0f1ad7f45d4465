import { createHash } from 'node:crypto';
import { PICTURE_STYLE } from '../picture/svg.ts';

/** How the page looks: light, dark and on paper. Text stands out at 7 to 1 or better in each. */
export const STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #1b1f24; --soft: #4a5159; --line: #c9ced4; --raised: #f2f4f6; --link: #0b4a9e; --marked: #fff3c4; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --text: #e6e9ec; --soft: #b4bcc4; --line: #3c434a; --raised: #1f2429; --link: #9cc4ff; --marked: #372d06; }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
body { max-width: 78rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p, ul, ol, dl, blockquote { margin: .5rem 0 .75rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.note, header p { color: var(--soft); font-size: .9rem; }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: 1rem 0; padding: 0; list-style: none; }
dl > div { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }
dt { font-weight: 600; }
dd { margin: 0; }
p, li, dd, td { unicode-bidi: plaintext; }
code { background: var(--raised); padding: .1em .3em; border-radius: .2rem; font-size: .9em; }
blockquote { white-space: pre-wrap; border-left: .25rem solid var(--line); margin-left: 0; padding-left: 1rem; }
.wide { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--line); }
td { min-width: 6rem; }
th { overflow-wrap: normal; }
thead th, th[scope=rowgroup] { background: var(--raised); }
tr:target { background: var(--marked); }
@media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; gap: 0; } }
@media print {
  :root { color-scheme: light; --page: #fff; --text: #000; --soft: #333; --line: #999; --raised: #eee; --link: #000; --marked: #fff; }
  @page { margin: 15mm; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { text-decoration: none; }
  .wide { overflow: visible; }
  table { font-size: 8.5pt; }
  td { min-width: 0; }
  tr, dl > div, li { break-inside: avoid; }
  h2, h3, th[scope=rowgroup] { break-after: avoid; }
}
${PICTURE_STYLE}`;

const digest = createHash('sha256').update(STYLE, 'utf8').digest('base64');

/** What a browser lets this page do: look like this, and nothing else. No request, no script, no form. */
export const POLICY = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;

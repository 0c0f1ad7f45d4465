import { DateTime } from 'luxon';
import type { Message, Reply, View } from '../../../src/demo/workspace/index.ts';
import { showMrkdwn } from '../../../src/demo/workspace/terminal/mrkdwn.ts';
import { emoji, type Reader } from '../../../src/demo/workspace/terminal/reader.ts';
import { literal } from '../../../src/exports/html/literal.ts';
import { blocks } from './blocks.ts';
import { asHtml } from './pen.ts';

/** Something that somebody sees: messages one below the other, or a form or Home tab. */
export type Shown = readonly (Message | Reply)[] | View;

const STYLE = `
  * { box-sizing: border-box; }
  body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "DejaVu Sans", "Noto Color Emoji", sans-serif; }
  main { padding: 14px 18px; }
  .message { display: grid; grid-template-columns: 36px 1fr; gap: 0 10px; padding: 6px 0; }
  .face { width: 36px; height: 36px; border-radius: 6px; background: #7a1f1f; color: #fff; font-weight: 700; text-align: center; line-height: 36px; }
  .face.person { background: #4a6785; }
  .name { font-weight: 700; } .app { background: #ddd; border-radius: 2px; padding: 0 3px; font-size: 10px; font-weight: 700; }
  .when, .hint, .dim, .context { color: #616061; } .when { font-size: 12px; } .context, .hint { font-size: 13px; }
  .only { color: #616061; font-size: 12px; }
  .thread { border-left: 3px solid #ddd; margin-left: 46px; padding-left: 8px; }
  .block { margin: 4px 0 8px; } h2 { font-size: 18px; margin: 6px 0; } hr { border: 0; border-top: 1px solid #ddd; }
  .section { display: flex; gap: 16px; align-items: flex-start; } .words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 16px; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; }
  .button { display: inline-block; border: 1px solid #bbb; border-radius: 4px; padding: 3px 11px; font-weight: 700; font-size: 14px; white-space: nowrap; background: #fff; }
  .button.primary { background: #007a5a; border-color: #007a5a; color: #fff; } .button.danger { background: #e01e5a; border-color: #e01e5a; color: #fff; }
  .menu, .field { border: 1px solid #bbb; border-radius: 4px; padding: 4px 10px; min-height: 34px; overflow-wrap: anywhere; }
  .menu { display: inline-block; min-width: 180px; } .menu::after { content: " ▾"; color: #616061; } .field.tall { min-height: 84px; }
  .input .menu { display: block; } .label { font-weight: 700; margin-bottom: 4px; } .choice { margin: 2px 0; }
  blockquote { margin: 2px 0; border-left: 4px solid #ddd; padding-left: 10px; } pre { margin: 2px 0; border: 1px solid #ddd; background: #f8f8f8; padding: 6px 8px; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 "DejaVu Sans Mono", monospace; }
  ul, ol { margin: 2px 0; padding-left: 24px; }
  table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { border: 1px solid #ddd; padding: 4px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; } th { background: #f8f8f8; } caption { color: #616061; text-align: left; font-size: 13px; }
  .bold { font-weight: 700; } .italic { font-style: italic; } .strike { text-decoration: line-through; }
  .blue, .cyan { color: #1264a3; } .cyan { background: #e8f5fa; border-radius: 3px; padding: 0 2px; }
  .yellow { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; padding: 0 2px; color: #b3265a; font: 12px "DejaVu Sans Mono", monospace; }
  .file { border: 1px solid #ddd; border-radius: 8px; padding: 6px 10px; display: inline-block; margin: 2px 6px 2px 0; font-size: 13px; }
  .file img { display: block; max-width: 100%; } .reaction { background: #f0f0f0; border-radius: 12px; padding: 1px 8px; margin-right: 4px; font-size: 13px; }
  .view { border: 1px solid #ccc; border-radius: 8px; margin: 10px; } .view > header { font-weight: 700; font-size: 18px; padding: 12px 18px; border-bottom: 1px solid #ddd; }
  .view > footer { padding: 12px 18px; border-top: 1px solid #ddd; text-align: right; } .view > footer .button { margin-left: 8px; }
  .tab { border-bottom: 1px solid #ddd; padding: 8px 18px; } .tab b { border-bottom: 2px solid #1d1c1d; padding-bottom: 7px; margin-right: 16px; }
  .unknown { color: #b00; border: 1px dashed #b00; padding: 4px; }
`;

/** Drawn here, so that the pictures are the same whichever fonts there are. */
const sign = (path: string): string =>
  `<svg width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" style="vertical-align: -2px">${path}</svg>`;
const EYE = sign(
  '<path d="M1 12s4-7 11-7 11 7 11 7-4 7-11 7S1 12 1 12z"/><circle cx="12" cy="12" r="3"/>',
);
const CLIP = sign('<path d="M6 2h8l5 5v15H6z"/><path d="M14 2v5h5"/>');

const nameOf = (reader: Reader, message: Message | Reply): string =>
  'via' in message ? 'Muster' : (reader.users.get(message.user)?.name ?? 'Muster');

const isApp = (message: Message | Reply): boolean =>
  'via' in message || message.botId !== undefined;

function file({ name, content }: Message['files'][number]): string {
  if (!name.endsWith('.png')) return `<div class="file">${CLIP} ${literal(name)}</div>`;
  const data = `data:image/png;base64,${content.toString('base64')}`;
  return `<div class="file">${literal(name)}<img alt="" src="${data}"></div>`;
}

const under = (message: Message | Reply): string =>
  'via' in message
    ? ''
    : [
        ...message.files.map(file),
        ...message.reactions.map(
          ({ name, users }) => `<span class="reaction">${emoji(name)} ${users.length}</span>`,
        ),
      ].join('');

function message(reader: Reader, one: Message | Reply): string {
  const name = nameOf(reader, one);
  const at = DateTime.fromSeconds(Number(one.ts), { zone: reader.zone }).toFormat('HH:mm');
  const edited = 'edited' in one && one.edited ? ' <span class="when">(edited)</span>' : '';
  const only =
    'via' in one && one.responseType === 'ephemeral'
      ? `<div class="only">${EYE} Only visible to you</div>`
      : '';
  const body =
    one.blocks.length > 0
      ? blocks(reader, one.blocks)
      : `<div class="block">${asHtml(showMrkdwn(reader, one.text))}</div>`;
  const app = isApp(one) ? ' <span class="app">APP</span>' : '';
  const face = isApp(one) ? 'M' : name.slice(0, 1).toUpperCase();
  const thread = one.threadTs !== undefined && one.threadTs !== one.ts ? ' thread' : '';
  return `<div class="message${thread}"><div class="face${isApp(one) ? '' : ' person'}">${face}</div><div>
    ${only}<span class="name">${literal(name)}</span>${app} <span class="when">${at}</span>${edited}
    ${body}${under(one)}</div></div>`;
}

function view(reader: Reader, shown: View): string {
  if (shown.type === 'home') {
    return `<div class="tab"><b>Home</b> Messages</div><main>${blocks(reader, shown.blocks)}</main>`;
  }
  const submit =
    shown.submit === undefined
      ? ''
      : `<span class="button primary">${literal(shown.submit)}</span>`;
  return `<div class="view"><header>${literal(shown.title)}</header><main>${blocks(reader, shown.blocks)}</main>
    <footer><span class="button">${literal(shown.close ?? 'Cancel')}</span>${submit}</footer></div>`;
}

const isView = (shown: Shown): shown is View => !Array.isArray(shown);

/** A page, so many points wide, that shows it to this reader; it says its own height in its title, for the picture. */
export const page = (reader: Reader, shown: Shown, width: number): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${STYLE}</style></head><body><div id="all" style="width: ${width}px">
${isView(shown) ? view(reader, shown) : `<main>${shown.map((one) => message(reader, one)).join('')}</main>`}
</div><script>document.title = String(Math.ceil(document.getElementById('all').getBoundingClientRect().height));</script></body></html>`;

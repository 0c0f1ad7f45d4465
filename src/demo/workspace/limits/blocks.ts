import { identifier, imageFields, imageSource, plainText, textObject } from './composition.ts';
import { controls, imageElement, inputs } from './elements.ts';
import { richText } from './rich-text.ts';
import { across, all, boolean, list, oneOf, type Rule, shape, string, variants } from './rules.ts';
import { dataTable, table } from './tables.ts';

const block = (
  type: string,
  required: Record<string, Rule>,
  optional: Record<string, Rule> = {},
): Rule => shape({ type: oneOf(type), ...required }, { block_id: identifier, ...optional });

const text = textObject(3000);
const { overflow: _overflow, button: _button, ...formControls } = controls;

/** Blocks that may stand in messages, modals and Home tabs alike. */
const common: Record<string, Rule> = {
  divider: block('divider', {}),
  header: block('header', { text: plainText(150) }, { level: oneOf(1, 2, 3, 4) }),
  section: all(
    block(
      'section',
      {},
      {
        text,
        fields: list(textObject(2000), 10),
        accessory: variants({ ...controls, image: imageElement }),
        expand: boolean,
      },
    ),
    across((section) =>
      section.text === undefined && section.fields === undefined
        ? 'needs text or fields'
        : undefined,
    ),
  ),
  context: block('context', {
    elements: list(
      variants({
        image: imageElement,
        plain_text: text,
        mrkdwn: text,
      }),
      10,
    ),
  }),
  actions: block('actions', {
    elements: list(variants({ ...controls, rich_text_input: inputs.rich_text_input ?? text }), 25),
  }),
  image: all(
    block('image', { alt_text: string(2000) }, { title: plainText(2000), ...imageFields }),
    imageSource,
  ),
  input: block(
    'input',
    { label: plainText(2000), element: variants({ ...formControls, ...inputs }) },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: richText,
  alert: block(
    'alert',
    { text },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
};

const messageOnly: Record<string, Rule> = {
  markdown: block('markdown', { text: string(12_000) }),
  table,
  data_table: dataTable,
  // `remote` is the only source there is, and only for files that the app registered itself.
  file: block('file', { source: oneOf('remote'), external_id: string(255) }),
};

/** What a message may consist of. */
export const messageBlock: Rule = variants({ ...common, ...messageOnly });

/** What a modal or a Home tab may consist of. */
export const viewBlock: Rule = variants(common);

import { across, all, boolean, oneOf, type Rule, shape, string, variants } from './rules.ts';

const literal = oneOf;

/** A `plain_text` object of at most `max` characters. */
export const plainText = (max: number): Rule =>
  variants({
    plain_text: shape({ type: literal('plain_text'), text: string(max) }, { emoji: boolean }),
  });

/** A `mrkdwn` object of at most `max` characters. */
export const mrkdwn = (max: number): Rule =>
  variants({
    mrkdwn: shape({ type: literal('mrkdwn'), text: string(max) }, { verbatim: boolean }),
  });

/** A text object of either kind. */
export const textObject = (max: number): Rule =>
  variants({
    plain_text: shape({ type: literal('plain_text'), text: string(max) }, { emoji: boolean }),
    mrkdwn: shape({ type: literal('mrkdwn'), text: string(max) }, { verbatim: boolean }),
  });

/** The "are you sure?" dialog of a button or menu. */
export const confirm: Rule = shape(
  { text: textObject(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
);

/** One choice of a menu; `rich` allows mrkdwn, as checkboxes and radio buttons do. */
export const option = (rich = false): Rule =>
  shape(
    { text: rich ? textObject(75) : plainText(75), value: string(75) },
    { description: rich ? textObject(75) : plainText(75), url: string(3000) },
  );

/** `block_id` and `action_id`. */
export const identifier = string(255);

/** Where a picture comes from: a URL or a file in Slack, exactly one. */
export const imageSource: Rule = across((image) =>
  (image.image_url === undefined) === (image.slack_file === undefined)
    ? 'needs exactly one of image_url and slack_file'
    : undefined,
);

/** The fields of a picture that say where it comes from. */
export const imageFields: Record<string, Rule> = {
  image_url: string(3000),
  slack_file: all(
    shape({}, { id: string(255), url: string(3000) }),
    across((file) =>
      (file.id === undefined) === (file.url === undefined)
        ? 'needs exactly one of id and url'
        : undefined,
    ),
  ),
};

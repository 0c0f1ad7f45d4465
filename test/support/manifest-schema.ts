/**
 * What Slack takes of a manifest, as far as Muster's has it: the fields, lengths and counts of
 * https://docs.slack.dev/reference/app-manifest, written down here. Slack's own schema
 * (github.com/slackapi/manifest-schema) was held against the manifest by hand: decision 46.
 */
const text = (most: number, least = 1) => ({
  type: 'string',
  minLength: least,
  maxLength: most,
});
const flag = { type: 'boolean' };
const list = (items: object, most: number, least = 0) => ({
  type: 'array',
  items,
  maxItems: most,
  minItems: least,
  uniqueItems: true,
});
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const url = (most: number) => ({ ...text(most), pattern: '^https?://' });
const scopes = list(text(50), 255);

export const MANIFEST_SCHEMA = object(
  {
    _metadata: object({
      major_version: { type: 'integer', minimum: 1, maximum: 2 },
      minor_version: { type: 'integer' },
    }),
    display_information: object(
      {
        name: text(35),
        description: text(140),
        long_description: text(4000, 175),
        background_color: { type: 'string', pattern: '^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$' },
      },
      ['name'],
    ),
    features: object({
      app_home: object({
        home_tab_enabled: flag,
        messages_tab_enabled: flag,
        messages_tab_read_only_enabled: flag,
      }),
      bot_user: object(
        { display_name: { ...text(80), pattern: '^[a-z0-9._-]+$' }, always_online: flag },
        ['display_name'],
      ),
      shortcuts: list(
        object(
          {
            name: text(24),
            type: { enum: ['message', 'global'] },
            callback_id: text(255),
            description: text(150),
          },
          ['name', 'type', 'callback_id', 'description'],
        ),
        10,
        1,
      ),
      slash_commands: list(
        object(
          {
            command: { ...text(32, 2), pattern: '^/' },
            url: url(3000),
            description: text(2000),
            usage_hint: text(1000),
            should_escape: flag,
          },
          ['command', 'description'],
        ),
        50,
        1,
      ),
    }),
    oauth_config: object({
      redirect_urls: list(text(2500), 1000),
      scopes: object({ bot: scopes, user: scopes, bot_optional: scopes, user_optional: scopes }),
    }),
    settings: object({
      event_subscriptions: object({ request_url: url(3500), bot_events: list(text(50), 100) }),
      interactivity: object({ is_enabled: flag, request_url: url(3500) }, ['is_enabled']),
      org_deploy_enabled: flag,
      socket_mode_enabled: flag,
      token_rotation_enabled: flag,
    }),
  },
  ['display_information'],
);

import { isPassword, looksRandom } from './likely.ts';

/** What a secret looks like wherever it stands. */
export interface Shape {
  /** What it is called where it was: `[secret removed: AWS key]`. */
  readonly name: string;
  /** Global. Where it has a group `secret`, that alone is taken out. */
  readonly shape: RegExp;
  /** Whether what was found is one after all; `before` is what stands ahead of it. */
  readonly is?: (secret: string, before: string) => boolean;
}

const PASSWORD =
  'pass(?:word|wd|phrase)|pwd|passcode|secret|token|api[ _-]?key|(?:access|secret|private|signing|encryption|account|shared[ _-]?access)[ _-]?key';
const QUOTED = `"[^"\\n]{3,2000}"|'[^'\\n]{3,2000}'`;
/** In a query or an assignment the next one may follow at once. */
const ASSIGNED = `${QUOTED}|[^\\s"'\`<>,;&]{3,2000}`;
/** In a sentence it may end with a full stop, which is none of it. */
const WRITTEN = `${QUOTED}|[^\\s"'\`<>,]{3,2000}?(?=[.,;:!?)\\]}]{0,5}(?:[\\s"'\`<>,]|$))`;

const valued = (start: string, value: string): RegExp =>
  new RegExp(`${start}(?<secret>${value})`, 'gi');

/**
 * A row for each kind, the surest first: what one row has taken out, the later ones do not see.
 * Every repetition has a bound, so that no text takes long.
 */
export const SHAPES: readonly Shape[] = [
  {
    name: 'private key',
    shape:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,20000}?-----END [A-Z0-9 ]{1,60}-----|(?:(?:\s|\\n){1,4}[\w+/=:,.-]{16,100}){0,300})/g,
  },
  { name: 'private key', shape: /\bAGE-SECRET-KEY-1[A-Z0-9]{40,80}/g },
  { name: 'AWS key', shape: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  {
    name: 'Slack token',
    shape: /\bxox[a-z](?:\.xox[a-z])?-[\w%.-]{10,400}|\bxapp-\d-[\w%.-]{10,400}/gi,
  },
  {
    name: 'webhook',
    shape:
      /https:\/\/(?:hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers|commands|actions)|(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks|[\w-]{1,80}\.webhook\.office\.com\/webhookb2)\/(?<secret>[^\s"'`<>|]{8,500})/g,
  },
  {
    name: 'GitHub token',
    shape: /\bgh[pousr]_[A-Za-z0-9]{30,255}\b|\bgithub_pat_\w{22,255}\b/g,
  },
  {
    name: 'GitLab token',
    shape: /\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|agent|imt|oas|ffct)-[\w.-]{18,255}/g,
  },
  {
    name: 'Google key',
    shape:
      /\bAIza[\w-]{35}(?![\w-])|\bya29\.[\w-]{20,500}|\bGOCSPX-[\w-]{20,60}|(?<![\w/])1\/\/0[\w-]{30,200}/g,
  },
  {
    name: 'Azure key',
    shape:
      /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])|\b(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{20,120}={0,2})/g,
  },
  {
    name: 'signature',
    shape: /[?&](?:sig|X-Amz-Signature|Signature)=(?<secret>[\w%+/=-]{20,600})/g,
  },
  {
    name: 'Stripe key',
    shape: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}|\bwhsec_[A-Za-z0-9+/=]{20,255}/g,
  },
  {
    name: 'JSON web token',
    shape: /\beyJ[\w-]{8,4000}\.[\w-]{8,8000}\.[\w-]{0,2000}(?:\.[\w-]{0,8000}\.[\w-]{0,2000})?/g,
  },
  {
    name: 'API key',
    shape: new RegExp(
      `\\b(?:${[
        'npm_[A-Za-z0-9]{36}',
        'pypi-[\\w-]{50,300}',
        'SG\\.[\\w-]{16,40}\\.[\\w-]{30,60}',
        'key-[0-9a-f]{32}',
        'do[opr]_v1_[0-9a-f]{64}',
        'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
        'hv[sbr]\\.[\\w-]{20,300}',
        'dapi[0-9a-f]{32}',
        'lin_api_[A-Za-z0-9]{30,60}',
        'sk-[\\w-]{20,255}',
        'hf_[A-Za-z]{30,50}',
        '\\d{8,10}:AA[\\w-]{32,35}',
        '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
        'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{30,80}',
        'AT(?:ATT|CTT)3[\\w=-]{50,400}',
        'NRAK-[A-Z0-9]{20,40}',
        'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}',
        'glc_[A-Za-z0-9+/=]{32,400}',
        '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,90}',
        'dckr_pat_[\\w-]{20,60}',
        'sntry[su]_[\\w+/=-]{30,400}',
        'sbp_[0-9a-f]{40}',
        'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
        'ntn_[A-Za-z0-9]{40,60}',
        'figd_[\\w-]{30,60}',
        'sq0(?:atp|csp)-[\\w-]{22,50}',
      ].join('|')})`,
      'g',
    ),
    is: (key) => /\d/.test(key) || key.startsWith('hf_'),
  },
  {
    name: 'password',
    // Of a connection string; where people forget to encode, passwords hold slashes.
    shape:
      /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|ftps?|sftp|ldaps?|smtps?):\/\/[^\s"'`<>@:/]{0,200}:(?<secret>[^\s"'`<>]{1,300})@/gi,
    is: (secret) => isPassword(secret, 'said'),
  },
  {
    name: 'password',
    shape: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'`<>@:/]{0,200}:(?<secret>[^\s"'`<>/@]{1,300})@/gi,
    is: (secret) => isPassword(secret, 'said'),
  },
  {
    name: 'credentials',
    shape:
      /\b(?:authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:\w{3,10}\s{1,3})?|(?:bearer|basic)\s{1,3})(?<secret>[\w.~+/=-]{8,4000})/gi,
    is: (secret) => isPassword(secret, 'named') && !/^(?:bearer|basic)$/i.test(secret),
  },
  {
    name: 'password',
    shape:
      /(?<![\w-])(?:curl|wget|http|mysql|mysqldump|psql)\b[^\n]{0,200}?\s(?:-u\s{0,2}["']?[\w.@-]{1,80}:|-p(?=\S))(?<secret>[^\s"'`]{3,200})/g,
    is: (secret) => isPassword(secret, 'named'),
  },
  {
    name: 'password',
    shape: valued(`--?(?:${PASSWORD})(?:=|\\s{1,3})`, WRITTEN),
    is: (secret) => isPassword(secret, 'named'),
  },
  {
    name: 'password',
    shape: valued(`(?:${PASSWORD})\\\\?["']?=\\\\?`, ASSIGNED),
    is: (secret) => isPassword(secret, 'said'),
  },
  {
    name: 'password',
    // With spaces around it is as often a sentence, or a line of a program.
    shape: valued(`(?:${PASSWORD})\\\\?["']?\\s{0,3}=>?\\s{0,3}\\\\?`, WRITTEN),
    is: (secret) => isPassword(secret, 'named'),
  },
  {
    name: 'password',
    shape: valued(`(?:${PASSWORD})\\\\?["']?\\s{0,3}:\\s{0,3}\\\\?`, WRITTEN),
    is: (secret) => isPassword(secret, 'named'),
  },
  {
    name: 'password',
    shape: valued(`(?:${PASSWORD})\\s{1,3}(?:(?:is|was|to)\\s{0,3}:?\\s{0,3})?`, WRITTEN),
    is: (secret) => isPassword(secret, 'guessed'),
  },
  {
    name: 'key',
    shape: /(?<![\w/+=.@:-])[A-Za-z0-9+/_=-]{32,128}(?![\w/+=-])/g,
    is: looksRandom,
  },
];

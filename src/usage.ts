import { nearestWord } from './domain/nearest.ts';

/** What can be typed after `npm start --`, and what it does. */
const COMMANDS: readonly (readonly [string, string])[] = [
  ['', 'starts Muster'],
  ['check [file]', 'checks the configuration; starts nothing'],
  ['doctor', 'tries the tokens with Slack, or asks the Muster that runs how it is'],
  ['manifest --socket', 'writes the manifest of the Slack app, for Socket Mode'],
  ['manifest --host <https://…>', 'the same, for HTTP'],
  ['verify [file]', 'recomputes the audit from the database or from an exported file'],
  ['import <file>', 'brings an exported file back'],
  ['purge …', 'removes incidents whose time is up; purge alone says how'],
];

const WIDTH = Math.max(...COMMANDS.map(([typed]) => typed.length)) + 2;

/** One line for each command. */
export const USAGE: readonly string[] = [
  'npm start -- <command>',
  ...COMMANDS.map(([typed, does]) => `  ${typed.padEnd(WIDTH)}${does}`),
  'It reads .env in the current folder; docs/configuration.md lists the variables.',
];

const HELP = ['--help', '-h', 'help', '-?'];

/** Whether somebody wants to know what there is. */
export const asksForHelp = (command: string | undefined): boolean =>
  command !== undefined && HELP.includes(command);

const NAMES = [...new Set(COMMANDS.map(([typed]) => typed.split(' ')[0] ?? '').filter(Boolean))];

/** What is said to a command that there is not. */
export function unknownCommand(command: string): readonly string[] {
  const near = nearestWord(command, NAMES);
  const meant = near !== null && near.mistakes <= 2 ? ` Did you mean ${near.word}?` : '';
  return [`${command} is no command of Muster.${meant}`, ...USAGE];
}

/** What is said to a command with too much, or something else, behind it. */
export const wrongArguments = (name: string): readonly string[] => [
  `${name} cannot be typed like that.`,
  ...USAGE,
];

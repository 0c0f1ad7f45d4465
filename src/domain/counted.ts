/** `1 entry`, `2 entries`: with an s where nothing else is said. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** What was published, and where; null where the line does not say. */
export interface Published {
  readonly version: number | null;
  readonly link: string | null;
}

/** The line of the record that says so. */
export function publishedText({ version, link }: Published): string {
  const which = version === null ? '' : `, version ${version}`;
  return `Postmortem published${which}${link === null ? '.' : `: ${link}`}`;
}

/** Reads such a line; of one that somebody put in other words, nothing. */
export function readPublished(text: string): Published {
  const [, version, link] =
    /^Postmortem published(?:, version (\d+))?(?:\.|: (\S+))$/.exec(text) ?? [];
  return { version: version === undefined ? null : Number(version), link: link ?? null };
}

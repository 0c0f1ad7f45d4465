/** Words that no reader can check. */
const VAGUE =
  /\b(?:more closely|closely|wherever applicable|where applicable|where possible|as appropriate|if needed|better|quicker|faster|stricter|improve|improved|improving|enhance|enhanced|strengthen|strengthening|streamline|streamlined|various|regularly|properly|robust)\b/i;

/** First words that say what somebody will do. */
const NOT_VERBS =
  /^(?:a|an|the|more|better|stricter|additional|further|real-?time|all|some|no|new|our|we|it|there|monitoring|documentation|process|training)\b/i;
/** Beginnings that nobody can tick off. */
const ENDLESS =
  /^\s*(?:[\w\s-]{1,40}:\s*)?(?:be|try|consider|think|discuss|look into|pay attention|keep in mind|remember|bear in mind|take care|make sure)\b/i;
const DESCRIBES = /^\S+(?:ing|tion|ment|ness)\b/i;
/** Words that look like nouns and are verbs. */
const VERBS =
  /^(?:implement|document|experiment|comment|augment|supplement|bring|ring|mention|question|partition|condition|provision|position|caution)\b/i;
const PROMISE = /\b(?:will be|is|are|was|were|has been|have been|should be)\s+\w+(?:ed|en)\b/i;

/** Why an action item cannot be checked off as it is worded, or null. */
export function needsWording(text: string): string | null {
  // Other scripts put their verbs elsewhere: nothing is said about them.
  if (!/^\s*[A-Za-z]/.test(text)) return null;
  const vague = VAGUE.exec(text)?.[0];
  if (vague !== undefined) return `“${vague}” cannot be verified`;
  const endless = ENDLESS.exec(text)?.[0].trim();
  if (endless !== undefined) return `“${endless}” has no end`;
  const first = /^\s*(\S+)/.exec(text)?.[1] ?? '';
  if (NOT_VERBS.test(first) || (DESCRIBES.test(first) && !VERBS.test(first)))
    return 'does not begin with a verb';
  if (PROMISE.test(text) && !/\b(?:that|which|why|whether|how|if|when)\b/i.test(text)) {
    return 'describes a state instead of saying what to do';
  }
  return text.trim().split(/\s+/).length < 2 ? 'one word is not specific' : null;
}

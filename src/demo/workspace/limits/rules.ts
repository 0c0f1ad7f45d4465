/** Tells what is wrong and where; an inspection collects what it is told. */
export type Report = (path: string, reason: string) => void;

/** One requirement of Slack's on one value. */
export type Rule = (value: unknown, path: string, report: Report) => void;

/** A JSON object whose fields are not known yet. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object (not a list, not null). */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list that came from outside; anything else in it is left out. */
export function jsonList(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A string of `min` to `max` characters; Slack rejects empty ones nearly everywhere. */
export function string(max: number, min = 1): Rule {
  return (value, path, report) => {
    if (typeof value !== 'string') return report(path, 'must be a string');
    if (value.length < min) report(path, `must be at least ${min} characters`);
    if (value.length > max) report(path, `must be at most ${max} characters, is ${value.length}`);
  };
}

/** A string of a certain shape. */
export function pattern(shape: RegExp, what: string): Rule {
  return (value, path, report) => {
    if (typeof value !== 'string' || !shape.test(value)) report(path, `must be ${what}`);
  };
}

/** A number within bounds. */
export function number(
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  whole = true,
): Rule {
  return (value, path, report) => {
    if (typeof value !== 'number' || (whole && !Number.isInteger(value))) {
      return report(path, 'must be a number');
    }
    if (value < min || value > max) report(path, `must be between ${min} and ${max}`);
  };
}

/** True or false. */
export const boolean: Rule = (value, path, report) => {
  if (typeof value !== 'boolean') report(path, 'must be a boolean');
};

/** One of a few values. */
export function oneOf(...allowed: readonly unknown[]): Rule {
  return (value, path, report) => {
    if (!allowed.includes(value)) report(path, `must be one of ${allowed.join(', ')}`);
  };
}

/** A list whose items all follow one rule. */
export function list(item: Rule, max: number, min = 1): Rule {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report(path, 'must be a list');
    if (value.length < min) report(path, `must have at least ${min} items`);
    if (value.length > max) report(path, `must have at most ${max} items, has ${value.length}`);
    for (const [index, entry] of value.entries()) item(entry, `${path}/${index}`, report);
  };
}

/** An object with these fields and, as Slack insists, no others. */
export function shape(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return (value, path, report) => {
    if (!isJson(value)) return report(path, 'must be an object');
    for (const [key, rule] of Object.entries(required)) {
      if (value[key] === undefined) report(`${path}/${key}`, 'is required');
      else rule(value[key], `${path}/${key}`, report);
    }
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined || key in required) continue;
      const rule = optional[key];
      if (rule) rule(entry, `${path}/${key}`, report);
      else report(`${path}/${key}`, 'is not a field that Slack knows here');
    }
  };
}

/** Objects told apart by `type`; an unlisted type is refused. */
export function variants(kinds: Record<string, Rule>): Rule {
  return (value, path, report) => {
    if (!isJson(value)) return report(path, 'must be an object');
    const rule = typeof value.type === 'string' ? kinds[value.type] : undefined;
    if (rule) rule(value, path, report);
    else report(`${path}/type`, `unsupported type: ${String(value.type)}`);
  };
}

/** Every rule must hold. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, path, report) => {
    for (const rule of rules) rule(value, path, report);
  };
}

/** A requirement across the fields of one object; `broken` answers the reason, or nothing. */
export function across(broken: (value: Json) => string | undefined): Rule {
  return (value, path, report) => {
    const reason = isJson(value) ? broken(value) : undefined;
    if (reason) report(path, reason);
  };
}

// Applies a JSON merge patch (RFC 7386); unchanged parts stay the same objects.

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };
export type PlainObject = { [key: string]: Plain };

export function patched<T>(document: T, patch: PlainObject): T {
  return merged(document as Plain, patch) as T;
}

function merged(document: Plain | undefined, patch: PlainObject): PlainObject {
  const result: PlainObject = isObject(document) ? { ...document } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merged(result[key], value) : value;
  }
  return result;
}

function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

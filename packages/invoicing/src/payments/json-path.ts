/** Returns the value at a path of JSON that another program sent; undefined if there is none. */
export function jsonAt(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** Returns the text at a path; undefined if there is none. */
export function textAt(json: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = jsonAt(json, ...path)
  return typeof value === 'string' ? value : undefined
}

/** Returns the list at a path; an empty one if there is none. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = jsonAt(json, ...path)
  return Array.isArray(value) ? value : []
}

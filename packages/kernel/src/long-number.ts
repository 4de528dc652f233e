/**
 * A JSON number that a JavaScript number cannot hold, as its text. `JSON.stringify` writes it as it was. It is an object
 * of `JSON.rawJSON`.
 */
export interface LongNumber {
  readonly rawJSON: string
}

// TypeScript does not declare this yet.
const json = JSON as typeof JSON & { isRawJSON?: (value: unknown) => boolean }

/** Returns the text of a `LongNumber`, and undefined of any other value. */
export function longNumberText(value: unknown): string | undefined {
  return json.isRawJSON?.(value) === true ? (value as LongNumber).rawJSON : undefined
}

import { type Issue, longNumberText } from '@tollgate/kernel'

/** The name of a field, as the client wrote it, and the list that its issues are added to. */
export interface Field {
  readonly path: string
  readonly issues: Issue[]
}

/** Returns whether a value is an object with fields. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && longNumberText(value) === undefined
}

/** Describes the kind of a value without quoting it: it can be of any length. */
export function kindOf(value: unknown): string {
  if (longNumberText(value) !== undefined) return 'a number'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

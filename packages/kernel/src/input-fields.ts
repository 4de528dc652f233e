import { InvalidInput, type Issue } from './errors.ts'
import { checkShape, inputShape, type InputShape } from './input-shape.ts'
import { type Period, period } from './period.ts'
import { readTime, type TimeInput } from './read-time.ts'
import type { Temporal } from '#temporal'

/** A half-open period as a caller gives it. */
export interface RangeInput {
  readonly from: TimeInput
  readonly to: TimeInput
}

const RANGE: InputShape<RangeInput> = /* @__PURE__ */ inputShape<RangeInput>({ from: 'time', to: 'time' })

/** Reads the time of a field; null if it is omitted. Adds an issue for anything that is not a time, and returns null. */
export function readTimeAt(path: string, time: TimeInput | null | undefined, issues: Issue[]): Temporal.Instant | null {
  if (time === null || time === undefined) return null
  const instant = readTime(time)
  if (instant === undefined) issues.push({ path, message: 'must be a time with an offset, such as "2026-11-20T09:30:00Z"' })
  return instant ?? null
}

/** Reads the time of an argument that is required. Throws `InvalidInput` for anything else. */
export function requireTime(path: string, time: TimeInput): Temporal.Instant {
  const issues: Issue[] = []
  const instant = readTimeAt(path, time, issues)
  if (instant === null) throw new InvalidInput(issues.length > 0 ? issues : [{ path, message: 'is missing' }])
  return instant
}

/** Reads the time of an argument; null if it is omitted. Throws `InvalidInput` for anything else. */
export function optionalTime(path: string, time: TimeInput | null | undefined): Temporal.Instant | null {
  return time === null || time === undefined ? null : requireTime(path, time)
}

/** Reads a period. Throws `InvalidInput` unless it has two times, the first before the second. */
export function readRange(path: string, range: RangeInput): Period {
  checkShape(RANGE, range, path)
  const issues: Issue[] = []
  const from = readTimeAt(`${path}.from`, range.from, issues)
  const to = readTimeAt(`${path}.to`, range.to, issues)
  if (from === null || to === null) throw new InvalidInput(issues)
  try {
    return period(from, to)
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(error.issues.map(issue => ({ ...issue, path: `${path}.${issue.path}` }))) : error
  }
}

/** Throws `InvalidInput` unless an argument is a list. */
export function requireList(path: string, list: readonly unknown[]): void {
  const value: unknown = list
  if (!Array.isArray(value)) throw new InvalidInput([{ path, message: value === undefined ? 'is missing' : 'must be a list' }])
}

/** Throws `InvalidInput` unless an argument is text. */
export function requireText(path: string, text: string): void {
  const value: unknown = text
  if (typeof value !== 'string') throw new InvalidInput([{ path, message: value === undefined ? 'is missing' : 'must be text' }])
}

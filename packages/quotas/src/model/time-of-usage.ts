import { InvalidInput } from '@tollgate/kernel'
import { readTime, type TimeInput } from '@tollgate/kernel/input'

/** Returns the time of usage in milliseconds. Defaults to now. Throws `InvalidInput`. */
export function timeOfUsage(at: TimeInput | undefined | null, nowMs: number): number {
  if (at === undefined || at === null) return nowMs
  const instant = readTime(at)
  if (instant === undefined) throw new InvalidInput([{ path: 'at', message: 'must be a time with an offset, such as "2026-11-20T09:30:00Z"' }])
  return instant.epochMilliseconds
}

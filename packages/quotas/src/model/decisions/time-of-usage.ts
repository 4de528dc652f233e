import { requireTime, type TimeInput } from '@tollgate/kernel/input'

/** Returns the time of usage in milliseconds. Defaults to now. Throws `InvalidInput`. */
export function timeOfUsage(at: TimeInput | undefined | null, nowMs: number): number {
  return at === undefined || at === null ? nowMs : requireTime('at', at).epochMilliseconds
}

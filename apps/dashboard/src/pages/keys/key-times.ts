const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long the old secret of a rotated key works. */
export const OVERLAPS = [
  { value: 'none', label: 'not at all: it ends at once' },
  { value: 'hour', label: 'for an hour' },
  { value: 'day', label: 'for a day' },
  { value: 'week', label: 'for a week' },
  { value: 'month', label: 'for 30 days' },
] as const

export type Overlap = (typeof OVERLAPS)[number]['value']

const OVERLAP_MS: Readonly<Record<Exclude<Overlap, 'none'>, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS }

/** Returns when the old secret ends. For one that ends at once, a time that has passed by every clock. */
export function endOfOverlap(overlap: Overlap, now: number): string {
  return new Date(overlap === 'none' ? 0 : now + OVERLAP_MS[overlap]).toISOString()
}

/** When a new key expires. */
export const EXPIRIES = [
  { value: '', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
] as const

/** Returns when a key expires, as the API takes it. */
export function expiryOf(days: string, now: number): string | null {
  return days === '' ? null : new Date(now + Number(days) * DAY_MS).toISOString()
}

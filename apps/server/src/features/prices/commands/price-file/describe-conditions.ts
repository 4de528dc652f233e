import type { TimeOfDayDraft } from '@tollgate/pricing'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** What a price or draft depends on besides its model and interval. */
export interface PriceConditions {
  readonly serviceTier?: string | null | undefined
  readonly speed?: string | null | undefined
  readonly region?: string | null | undefined
  readonly timeOfDay?: TimeOfDayDraft | null | undefined
}

/** Describes how a call must be served for a price to apply: "batch", "standard, fast, us, 01:00-04:00 Mon Tue". */
export function describeConditions({ serviceTier, speed, region, timeOfDay }: PriceConditions): string {
  return [serviceTier ?? 'standard', speed, region, timeOfDay && describeTimeOfDay(timeOfDay)].filter(part => typeof part === 'string').join(', ')
}

function describeTimeOfDay({ from, to, weekdays }: TimeOfDayDraft): string {
  const days = weekdays ? ` ${weekdays.map(day => DAYS[day - 1]).join(' ')}` : ''
  return `${from.replace(/:00$/, '')}-${to.replace(/:00$/, '')} UTC${days}`
}

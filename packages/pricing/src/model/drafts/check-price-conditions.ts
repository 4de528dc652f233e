import { checkText, type Issue } from '@tollgate/kernel'
import type { ExactPriceDraft, TimeOfDayDraft } from './price-draft.ts'
import { SERVICE_TIERS } from '../service-tier.ts'

const MAX_SPEED = 50
const MAX_REGION = 100
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$|^24:00(?::00)?$/

/** Returns what is wrong with the conditions under which a draft applies; empty if they are valid. */
export function checkPriceConditions({ serviceTier, speed, region, timeOfDay }: ExactPriceDraft): readonly Issue[] {
  return [
    ...(serviceTier === undefined || serviceTier === null || SERVICE_TIERS.includes(serviceTier)
      ? []
      : [{ path: 'serviceTier', message: `must be one of ${SERVICE_TIERS.join(', ')}` }]),
    ...(speed === undefined || speed === null ? [] : checkText('speed', speed, { max: MAX_SPEED, visibleOnly: true })),
    ...(region === undefined || region === null ? [] : checkRegion(region)),
    ...(timeOfDay ? checkTimeOfDay(timeOfDay) : []),
  ]
}

function checkRegion(region: string): readonly Issue[] {
  const issues = checkText('region', region, { max: MAX_REGION, visibleOnly: true })
  return issues.length === 0 && region.slice(0, -1).includes('*') ? [{ path: 'region', message: 'may have a "*" only at its end' }] : issues
}

function checkTimeOfDay({ from, to, weekdays }: TimeOfDayDraft): readonly Issue[] {
  const issues: Issue[] = []
  for (const [path, time] of [['timeOfDay.from', from] as const, ['timeOfDay.to', to] as const]) {
    if (!CLOCK.test(time)) issues.push({ path, message: `must be a time in UTC, such as 16:30, not "${time}"` })
  }
  if (from === to) issues.push({ path: 'timeOfDay.to', message: 'must differ from timeOfDay.from; for a whole day, give 00:00 and 24:00' })
  if (from.startsWith('24')) issues.push({ path: 'timeOfDay.from', message: 'must be before 24:00' })
  const days = weekdays ?? []
  if (days.some((day, at) => !Number.isInteger(day) || day < 1 || day > 7 || days.indexOf(day) !== at)) {
    issues.push({ path: 'timeOfDay.weekdays', message: 'must be different numbers from 1 (Monday) to 7 (Sunday)' })
  }
  if (weekdays?.length === 0) issues.push({ path: 'timeOfDay.weekdays', message: 'must have at least one day; omit it for every day' })
  return issues
}

import { Decimal, isStorableText, longNumberText, NOT_STORABLE, ZERO } from '@tollgate/kernel'
import { readAmount as readAnyAmount } from '@tollgate/kernel/input'
import { checkTokenUsage, completeTokenUsage, totalTokens, type TokenUsage } from '@tollgate/tokens'
import { EVENT_LIMITS } from '../model/event-limits.ts'
import type { UsageStatus } from '../model/event.ts'
import { type Field, isRecord, kindOf } from './field.ts'

// Each function validates one field, adds its issues to `issues`, and returns the value to record. They do not use a
// schema library, because they run for every event of every batch.

/** Reads a text of 1 to `max` characters that a database can store; null if omitted. */
export function readText(value: unknown, max: number, { path, issues }: Field): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') issues.push({ path, message: `must be a string, not ${kindOf(value)}` })
  else if (value.length === 0) issues.push({ path, message: 'must not be empty' })
  else if (value.length > max) issues.push({ path, message: `must be at most ${max.toLocaleString('en')} characters` })
  else if (!isStorableText(value)) issues.push({ path, message: NOT_STORABLE })
  else return value
  return null
}

/** Reads an integer in the range `from` to `to`; null if omitted. */
export function readInteger(value: unknown, from: number, to: number, { path, issues }: Field): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value === 0 ? 0 : value // never -0
  issues.push({
    path,
    message: `must be a whole number from ${from} to ${to.toLocaleString('en')}, not ${typeof value === 'number' ? value : (longNumberText(value)?.slice(0, 60) ?? kindOf(value))}`,
  })
  return null
}

/** Reads a time of 0 to `max` milliseconds, rounded to whole milliseconds; null if omitted. */
export function readMilliseconds(value: unknown, max: number, field: Field): number | null {
  const sent = longNumberText(value)
  const milliseconds = sent === undefined ? value : Number(sent)
  return readInteger(typeof milliseconds === 'number' && milliseconds >= 0 && milliseconds <= max ? Math.round(milliseconds) : milliseconds, 0, max, field)
}

/** Reads a decimal that is 0 or more and within the limits of digits; null if omitted. */
export function readAmount(given: unknown, { path, issues }: Field): Decimal | null {
  if (given === undefined || given === null) return null
  const { integerDigits, fractionDigits } = EVENT_LIMITS
  const value = typeof given === 'object' ? given : (readAnyAmount(given) ?? given)
  if (!Decimal.isDecimal(value))
    issues.push({
      path,
      message: `must be a decimal with at most ${integerDigits} digits before the decimal point and ${fractionDigits} after it; send it as a string, such as "0.0135"`,
    })
  else if (!value.isFinite() || (value.isNegative() && !value.isZero())) issues.push({ path, message: 'must be 0 or more' })
  else if (value.isZero()) return ZERO
  else if (value.e >= integerDigits || value.decimalPlaces() > fractionDigits) {
    issues.push({ path, message: `must have at most ${integerDigits} digits before the decimal point and ${fractionDigits} after it` })
  } else return new Decimal(value) // With our precision: the caller's constructor may round to 20 digits.
  return null
}

/** Reads the status. Defaults to success. */
export function readStatus(value: unknown, { path, issues }: Field): UsageStatus {
  if (value === undefined || value === null || value === 'success') return 'success'
  if (value === 'failure' || value === 'rate_limited') return value
  issues.push({ path, message: 'must be "success", "failure" or "rate_limited" (in GraphQL SUCCESS, FAILURE or RATE_LIMITED)' })
  return 'success'
}

const SERVICE_TIER = /^[a-z0-9_-]+$/

/** Reads the name of a service tier; null if omitted. It need not have a price. */
export function readServiceTier(value: unknown, field: Field): string | null {
  const tier = readText(value, EVENT_LIMITS.serviceTierLength, field)
  if (tier === null || SERVICE_TIER.test(tier)) return tier
  field.issues.push({ path: field.path, message: 'must consist of lower-case letters, digits, "_" and "-", such as "batch"' })
  return null
}

/** Reads the token pools; null if omitted. Issues name the pool. */
export function readTokens(value: unknown, { path, issues }: Field): TokenUsage | null {
  if (value === undefined || value === null) return null
  if (!isRecord(value)) {
    issues.push({ path, message: `must be an object of token counts, not ${kindOf(value)}` })
    return null
  }
  const found = checkTokenUsage(value)
  if (found.length === 0 && totalTokens(value) <= EVENT_LIMITS.tokens) return completeTokenUsage(value)
  issues.push(...(found.length > 0 ? found : [{ path, message: `must total at most ${EVENT_LIMITS.tokens.toLocaleString('en')}` }]))
  return null
}

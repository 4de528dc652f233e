import { Decimal, isStorableText, type Issue, ZERO } from '@tollgate/kernel'
import { checkTokenUsage, completeTokenUsage, totalTokens, type TokenUsage } from '@tollgate/tokens'
import type { UsageStatus } from './event.ts'
import { EVENT_LIMITS } from './event-limits.ts'

// Each of these takes what a client sent in one field, adds what is wrong with it to `issues`, and returns the value to
// record. They are written by hand, not in a schema language: they run for every event of every batch.

/** A field's name, as the client wrote it, and where its issues go. */
export interface Field {
  readonly path: string
  readonly issues: Issue[]
}

/** A text of 1 to `longest` characters that a database can keep; null where it was left out. */
export function checkText(value: unknown, longest: number, { path, issues }: Field): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') issues.push({ path, message: `must be a string, not ${kind(value)}` })
  else if (value.length === 0) issues.push({ path, message: 'must not be empty' })
  else if (value.length > longest) issues.push({ path, message: `is longer than ${longest.toLocaleString('en')} characters` })
  else if (!isStorableText(value)) issues.push({ path, message: 'contains a NUL character or half of a surrogate pair, which cannot be stored' })
  else return value
  return null
}

/** A whole number of the range; null where it was left out. */
export function checkWholeNumber(value: unknown, from: number, to: number, { path, issues }: Field): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value === 0 ? 0 : value // never -0
  issues.push({ path, message: `must be a whole number from ${from} to ${to.toLocaleString('en')}, not ${typeof value === 'number' ? value : kind(value)}` })
  return null
}

/** An exact number, 0 or more, of not too many digits; null where it was left out. */
export function checkAmount(value: unknown, { path, issues }: Field): Decimal | null {
  if (value === undefined || value === null) return null
  const { integerDigits, fractionDigits } = EVENT_LIMITS
  if (!Decimal.isDecimal(value)) issues.push({ path, message: `must be a Decimal, not ${kind(value)}` })
  else if (!value.isFinite() || (value.isNegative() && !value.isZero())) issues.push({ path, message: 'must be 0 or more' })
  else if (value.isZero()) return ZERO
  else if (value.e >= integerDigits || value.decimalPlaces() > fractionDigits) {
    issues.push({ path, message: `has more than ${integerDigits} digits before the point or ${fractionDigits} after it` })
  } else return new Decimal(value) // Ours, with our precision: a caller's may come from a constructor that rounds to 20 digits.
  return null
}

/** How it ended; success where it was left out. */
export function checkStatus(value: unknown, { path, issues }: Field): UsageStatus {
  if (value === undefined || value === null || value === 'success') return 'success'
  if (value === 'failure' || value === 'rate_limited') return value
  issues.push({ path, message: 'must be "success", "failure" or "rate_limited"' })
  return 'success'
}

const SERVICE_TIER = /^[a-z0-9_-]+$/

/** The name of a service tier, whether or not any price is for it; null where it was left out. */
export function checkServiceTier(value: unknown, field: Field): string | null {
  const tier = checkText(value, EVENT_LIMITS.serviceTierLength, field)
  if (tier === null || SERVICE_TIER.test(tier)) return tier
  field.issues.push({ path: field.path, message: 'must be of lower-case letters, digits, "_" and "-", such as "batch"' })
  return null
}

/** Tokens in every pool; null where they were left out. Issues name the pool. */
export function checkTokens(value: unknown, { path, issues }: Field): TokenUsage | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) {
    issues.push({ path, message: `must be an object of token counts, not ${kind(value)}` })
    return null
  }
  const found = checkTokenUsage(value)
  if (found.length === 0 && totalTokens(value) <= EVENT_LIMITS.tokens) return completeTokenUsage(value)
  issues.push(...(found.length > 0 ? found : [{ path, message: `sum to more than ${EVENT_LIMITS.tokens.toLocaleString('en')}` }]))
  return null
}

/** What a value is, without repeating it: it may be of any length. */
function kind(value: unknown): string {
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

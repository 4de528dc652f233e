import { type Decimal, type Issue, Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import type { PriceDraft } from './pricing.ts'
import { toMicrosecond } from './to-microsecond.ts'

const LONGEST_PROVIDER = 100
const LONGEST_MODEL = 200
const LONGEST_TENANT = 200
/** With these bounds the cost of 2^53 tokens has at most 43 digits, so that no sum of `Decimal` is rounded. */
const MOST_USD = 1_000_000_000
const MOST_DECIMAL_PLACES = 18

/** What keeps a price from being published; empty when nothing does. */
export function checkPriceDraft(draft: PriceDraft): readonly Issue[] {
  const { tenantId, provider, model, from, to, perMillionTokens, perRequest } = draft
  const issues = [
    ...checkName('provider', provider, LONGEST_PROVIDER),
    ...checkName('model', model, LONGEST_MODEL),
    ...(tenantId === undefined || tenantId === null ? [] : checkName('tenantId', tenantId, LONGEST_TENANT)),
    ...Object.entries(perMillionTokens).flatMap(([pool, rate]) => checkRate(pool, rate)),
    ...checkAmount('perRequest', perRequest),
  ]
  if (to && Temporal.Instant.compare(toMicrosecond(to), toMicrosecond(from)) <= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()}); intervals are half-open, from <= t < to` })
  }
  const amounts = [...Object.values(perMillionTokens), perRequest]
  if (amounts.every(amount => amount === undefined || amount === null)) {
    issues.push({
      path: 'perMillionTokens',
      message: 'must have a rate for a pool at least, where there is no perRequest; a model that costs nothing has a rate of 0',
    })
  }
  return issues
}

function checkName(path: string, name: string, longest: number): readonly Issue[] {
  const { length } = name.trim()
  if (length === 0) return [{ path, message: 'must not be empty' }]
  if (length > longest) return [{ path, message: `must have at most ${longest} characters, not ${length}` }]
  return /\p{C}/u.test(name) ? [{ path, message: 'must not have control characters' }] : []
}

function checkRate(pool: string, rate: Decimal | null | undefined): readonly Issue[] {
  const path = `perMillionTokens.${pool}`
  return TOKEN_POOLS.some(known => known === pool) ? checkAmount(path, rate) : [{ path, message: `is no token pool; there are ${TOKEN_POOLS.join(', ')}` }]
}

function checkAmount(path: string, amount: Decimal | null | undefined): readonly Issue[] {
  if (amount === undefined || amount === null) return []
  if (!amount.isFinite()) return [{ path, message: 'must be a number' }]
  if (amount.isNegative() && !amount.isZero()) return [{ path, message: `must not be negative, as ${amount.toFixed()} is` }]
  if (amount.gt(MOST_USD)) return [{ path, message: `must be at most ${MOST_USD} USD` }]
  if (amount.decimalPlaces() > MOST_DECIMAL_PLACES) return [{ path, message: `must have at most ${MOST_DECIMAL_PLACES} digits after the point` }]
  return []
}

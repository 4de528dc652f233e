import { checkText, type Decimal, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'
import { CACHE_POOLS, draftRates } from './draft-rates.ts'
import type { DraftRates, PriceDraft } from './price-draft.ts'
import { SERVICE_TIERS } from './service-tier.ts'

const MAX_PROVIDER = 100
const MAX_MODEL = 200
const MAX_TENANT = 200
/** With these bounds the cost of 2^53 tokens has at most 43 digits, so that no sum of `Decimal` is rounded. */
const MAX_USD = 1_000_000_000
const MAX_DECIMAL_PLACES = 18
const MAX_STEPS = 10

/** Returns what is wrong with a draft; empty if it can be published. */
export function checkPriceDraft(draft: PriceDraft): readonly Issue[] {
  const { tenantId, provider, model, from, to, serviceTier, perMillionTokens, perRequest } = draft
  const issues = [
    ...checkText('provider', provider, { max: MAX_PROVIDER, visibleOnly: true }),
    ...checkText('model', model, { max: MAX_MODEL, visibleOnly: true }),
    ...(tenantId === undefined || tenantId === null ? [] : checkText('tenantId', tenantId, { max: MAX_TENANT, visibleOnly: true })),
    ...checkRates('perMillionTokens', perMillionTokens),
    ...checkSteps(draft),
    ...checkMultipliers(draft),
    ...checkAmount('perRequest', perRequest),
  ]
  if (to && Temporal.Instant.compare(toMicrosecond(to), toMicrosecond(from)) <= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()})` })
  }
  if (serviceTier !== undefined && serviceTier !== null && !SERVICE_TIERS.includes(serviceTier)) {
    issues.push({ path: 'serviceTier', message: `must be one of ${SERVICE_TIERS.join(', ')}` })
  }
  const amounts = [...Object.values(perMillionTokens), perRequest]
  if (amounts.every(amount => amount === undefined || amount === null)) {
    issues.push({ path: 'perMillionTokens', message: 'must have at least one rate, unless perRequest is given; for a free model, give a rate of 0' })
  }
  return issues
}

function checkRates(path: string, rates: DraftRates): readonly Issue[] {
  return Object.entries(rates).flatMap(([pool, rate]) =>
    FREQUENT_TOKEN_POOLS.some(known => known === pool)
      ? checkAmount(`${path}.${pool}`, rate)
      : [{ path: `${path}.${pool}`, message: `is not a token pool; the pools are ${FREQUENT_TOKEN_POOLS.join(', ')}` }],
  )
}

function checkSteps({ contextSteps, perMillionTokens, cacheMultipliers }: PriceDraft): readonly Issue[] {
  const steps = contextSteps ?? []
  const issues = steps.flatMap(({ above, perMillionTokens: rates }, at) => {
    const path = `contextSteps[${at}]`
    const found = [...checkRates(`${path}.perMillionTokens`, rates)]
    if (!Number.isSafeInteger(above) || above < 0) found.push({ path: `${path}.above`, message: `must be a whole number of tokens, not ${above}` })
    if (steps.findIndex(other => other.above === above) !== at) found.push({ path: `${path}.above`, message: `repeats the step above ${above}` })
    for (const pool of FREQUENT_TOKEN_POOLS) {
      if (rates[pool] === undefined || rates[pool] === null) continue
      const multiplied = cacheMultipliers?.[pool as (typeof CACHE_POOLS)[number]]
      if (multiplied) found.push({ path: `${path}.perMillionTokens.${pool}`, message: `conflicts with cacheMultipliers.${pool}; give one of them` })
      else if (!perMillionTokens[pool])
        found.push({ path: `${path}.perMillionTokens.${pool}`, message: `needs a rate for shorter contexts: perMillionTokens.${pool}` })
    }
    return found
  })
  return steps.length > MAX_STEPS ? [...issues, { path: 'contextSteps', message: `must have at most ${MAX_STEPS} steps, not ${steps.length}` }] : issues
}

function checkMultipliers(draft: PriceDraft): readonly Issue[] {
  const { cacheMultipliers, perMillionTokens } = draft
  if (!cacheMultipliers) return []
  const issues = Object.entries(cacheMultipliers).flatMap(([pool, multiplier]) => {
    const path = `cacheMultipliers.${pool}`
    if (!CACHE_POOLS.some(known => known === pool)) return [{ path, message: `is not a cache pool; the cache pools are ${CACHE_POOLS.join(', ')}` }]
    if (!multiplier) return []
    if (perMillionTokens[pool as (typeof CACHE_POOLS)[number]]) return [{ path, message: `conflicts with perMillionTokens.${pool}; give one of them` }]
    if (!perMillionTokens.input) return [{ path, message: 'needs a rate to multiply: perMillionTokens.input' }]
    return checkAmount(path, multiplier)
  })
  if (issues.length > 0) return issues
  // The product may have more digits than its factors, and must satisfy the same bounds as a rate that is given.
  return CACHE_POOLS.flatMap(pool => {
    const rate = cacheMultipliers[pool] ? draftRates(draft)[pool] : undefined
    return rate ? [rate.base, ...rate.steps.map(step => step.rate)].flatMap(amount => checkAmount(`cacheMultipliers.${pool}`, amount)) : []
  })
}

function checkAmount(path: string, amount: Decimal | null | undefined): readonly Issue[] {
  if (amount === undefined || amount === null) return []
  if (!amount.isFinite()) return [{ path, message: 'must be a number' }]
  if (amount.isNegative() && !amount.isZero()) return [{ path, message: `must not be negative, but is ${amount.toFixed()}` }]
  if (amount.gt(MAX_USD)) return [{ path, message: `must be at most ${MAX_USD} USD` }]
  if (amount.decimalPlaces() > MAX_DECIMAL_PLACES) return [{ path, message: `must have at most ${MAX_DECIMAL_PLACES} decimal places` }]
  return []
}

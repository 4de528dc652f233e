import { type Decimal, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
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

/** What keeps a price from being published; empty when nothing does. */
export function checkPriceDraft(draft: PriceDraft): readonly Issue[] {
  const { tenantId, provider, model, from, to, serviceTier, perMillionTokens, perRequest } = draft
  const issues = [
    ...checkName('provider', provider, MAX_PROVIDER),
    ...checkName('model', model, MAX_MODEL),
    ...(tenantId === undefined || tenantId === null ? [] : checkName('tenantId', tenantId, MAX_TENANT)),
    ...checkRates('perMillionTokens', perMillionTokens),
    ...checkSteps(draft),
    ...checkMultipliers(draft),
    ...checkAmount('perRequest', perRequest),
  ]
  if (to && Temporal.Instant.compare(toMicrosecond(to), toMicrosecond(from)) <= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()}); intervals are half-open, from <= t < to` })
  }
  if (serviceTier !== undefined && serviceTier !== null && !SERVICE_TIERS.includes(serviceTier)) {
    issues.push({ path: 'serviceTier', message: `must be one of ${SERVICE_TIERS.join(', ')}` })
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

function checkRates(path: string, rates: DraftRates): readonly Issue[] {
  return Object.entries(rates).flatMap(([pool, rate]) =>
    TOKEN_POOLS.some(known => known === pool)
      ? checkAmount(`${path}.${pool}`, rate)
      : [{ path: `${path}.${pool}`, message: `is no token pool; there are ${TOKEN_POOLS.join(', ')}` }],
  )
}

function checkSteps({ contextSteps, perMillionTokens, cacheMultipliers }: PriceDraft): readonly Issue[] {
  const steps = contextSteps ?? []
  const issues = steps.flatMap(({ above, perMillionTokens: rates }, at) => {
    const path = `contextSteps[${at}]`
    const found = [...checkRates(`${path}.perMillionTokens`, rates)]
    if (!Number.isSafeInteger(above) || above < 0) found.push({ path: `${path}.above`, message: `must be a whole number of tokens, not ${above}` })
    if (steps.findIndex(other => other.above === above) !== at) found.push({ path: `${path}.above`, message: `repeats the step above ${above}` })
    for (const pool of TOKEN_POOLS) {
      if (rates[pool] === undefined || rates[pool] === null) continue
      const multiplied = cacheMultipliers?.[pool as (typeof CACHE_POOLS)[number]]
      if (multiplied) found.push({ path: `${path}.perMillionTokens.${pool}`, message: 'is a multiple of input already' })
      else if (!perMillionTokens[pool])
        found.push({ path: `${path}.perMillionTokens.${pool}`, message: 'has a step, but no rate for shorter contexts in perMillionTokens' })
    }
    return found
  })
  return steps.length > MAX_STEPS ? [...issues, { path: 'contextSteps', message: `must be at most ${MAX_STEPS}, not ${steps.length}` }] : issues
}

function checkMultipliers(draft: PriceDraft): readonly Issue[] {
  const { cacheMultipliers, perMillionTokens } = draft
  if (!cacheMultipliers) return []
  const issues = Object.entries(cacheMultipliers).flatMap(([pool, multiplier]) => {
    const path = `cacheMultipliers.${pool}`
    if (!CACHE_POOLS.some(known => known === pool)) return [{ path, message: `is no pool of the cache; there are ${CACHE_POOLS.join(', ')}` }]
    if (!multiplier) return []
    if (perMillionTokens[pool as (typeof CACHE_POOLS)[number]]) return [{ path, message: `is given beside perMillionTokens.${pool}; give one` }]
    if (!perMillionTokens.input) return [{ path, message: 'needs a rate for input, of which it is a multiple' }]
    return checkAmount(path, multiplier)
  })
  if (issues.length > 0) return issues
  // The product may have more digits than either, and must be as exact as a rate that is given.
  return CACHE_POOLS.flatMap(pool => {
    const rate = cacheMultipliers[pool] ? draftRates(draft)[pool] : undefined
    return rate ? [rate.base, ...rate.steps.map(step => step.rate)].flatMap(amount => checkAmount(`cacheMultipliers.${pool}`, amount)) : []
  })
}

function checkAmount(path: string, amount: Decimal | null | undefined): readonly Issue[] {
  if (amount === undefined || amount === null) return []
  if (!amount.isFinite()) return [{ path, message: 'must be a number' }]
  if (amount.isNegative() && !amount.isZero()) return [{ path, message: `must not be negative, as ${amount.toFixed()} is` }]
  if (amount.gt(MAX_USD)) return [{ path, message: `must be at most ${MAX_USD} USD` }]
  if (amount.decimalPlaces() > MAX_DECIMAL_PLACES) return [{ path, message: `must have at most ${MAX_DECIMAL_PLACES} digits after the point` }]
  return []
}

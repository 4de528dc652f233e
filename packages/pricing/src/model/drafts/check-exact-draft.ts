import { type Decimal, checkText, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { checkAmount } from './check-amount.ts'
import { checkPriceConditions } from './check-price-conditions.ts'
import { checkUnitPrices } from './check-unit-prices.ts'
import { CACHE_POOLS, draftRates } from './draft-rates.ts'
import type { DraftRates, ExactPriceDraft } from './price-draft.ts'

const MAX_PROVIDER = 100
const MAX_MODEL = 200
const MAX_TENANT = 200
const MAX_STEPS = 10

/** Returns what is wrong with a draft whose amounts and times were read; empty if it can be published. */
export function checkExactDraft(draft: ExactPriceDraft): readonly Issue[] {
  const { tenantId, provider, model, from, to, perMillionTokens, perRequest, units } = draft
  const issues = [
    ...checkText('provider', provider, { max: MAX_PROVIDER, visibleOnly: true }),
    ...checkText('model', model, { max: MAX_MODEL, visibleOnly: true }),
    ...(tenantId === undefined || tenantId === null ? [] : checkText('tenantId', tenantId, { max: MAX_TENANT, visibleOnly: true })),
    ...checkPriceConditions(draft),
    ...checkRates('perMillionTokens', perMillionTokens),
    ...checkSteps(draft),
    ...checkMultipliers(draft),
    ...checkAmount('perRequest', perRequest),
    ...checkUnitPrices(draft),
  ]
  if (to && Temporal.Instant.compare(toMicrosecond(to), toMicrosecond(from)) <= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()})` })
  }
  const amounts = [...Object.values(perMillionTokens), perRequest]
  if ((units ?? []).length === 0 && amounts.every(amount => amount === undefined || amount === null)) {
    issues.push({ path: 'perMillionTokens', message: 'must have at least one rate, unless perRequest or units are given; for a free model, give a rate of 0' })
  }
  return issues
}

function checkRates(path: string, rates: DraftRates<Decimal>): readonly Issue[] {
  return Object.entries(rates).flatMap(([pool, rate]) =>
    TOKEN_POOLS.some(known => known === pool)
      ? checkAmount(`${path}.${pool}`, rate)
      : [{ path: `${path}.${pool}`, message: `is not a token pool; the pools are ${TOKEN_POOLS.join(', ')}` }],
  )
}

function checkSteps({ contextSteps, perMillionTokens, cacheMultipliers }: ExactPriceDraft): readonly Issue[] {
  const steps = contextSteps ?? []
  const issues = steps.flatMap(({ above, perMillionTokens: rates }, at) => {
    const path = `contextSteps[${at}]`
    const found = [...checkRates(`${path}.perMillionTokens`, rates)]
    if (!Number.isSafeInteger(above) || above < 0) found.push({ path: `${path}.above`, message: `must be a whole number of tokens, not ${above}` })
    if (steps.findIndex(other => other.above === above) !== at) found.push({ path: `${path}.above`, message: `repeats the step above ${above}` })
    for (const pool of TOKEN_POOLS) {
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

function checkMultipliers(draft: ExactPriceDraft): readonly Issue[] {
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

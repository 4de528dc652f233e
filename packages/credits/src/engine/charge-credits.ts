import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { ChargedCredits, CreditCost, CreditCostPart, CreditedUsage } from '../model/credit-cost.ts'

/** Returns the credits of a usage event by a cost, and why. Amounts are exact: quotients are of 1,000, so nothing is rounded. */
export function chargeCredits(cost: CreditCost, usage: CreditedUsage): ChargedCredits {
  return { amount: creditsOf(cost, usage), costId: cost.id, parts: [...partsOf(cost, usage)] }
}

/** Returns the credits of a usage event by a cost: the sum of its parts, without making them. */
export function creditsOf({ rates: { perCall, perThousandTokens, perUsdOfCost, perUnit } }: CreditCost, { tokens, cost, quantity }: CreditedUsage): Decimal {
  let amount = perCall ?? ZERO
  if (perThousandTokens !== null && tokens !== null) amount = add(amount, creditsOfTokens(perThousandTokens, tokens))
  if (perUsdOfCost !== null && cost !== null) amount = add(amount, perUsdOfCost.times(cost))
  if (perUnit !== null && quantity !== null) amount = add(amount, perUnit.times(quantity))
  return amount
}

/** Whether a correction of the provider's cost changes the credits. Such usage gets an entry even if it is free for now. */
export function mayBeCorrected({ rates }: CreditCost, { provider }: CreditedUsage): boolean {
  return rates.perUsdOfCost !== null && !rates.perUsdOfCost.isZero() && provider !== null
}

/** Returns the cost in effect at the time of the usage: that of its model, else of its provider, else of its operation. Of several versions, the one that starts last. */
export function costInEffect(costs: readonly CreditCost[], usage: CreditedUsage): CreditCost | undefined {
  let best: CreditCost | undefined
  for (const cost of costs) {
    if (!applies(cost, usage)) continue
    if (best === undefined || specificity(cost) - specificity(best) > 0) best = cost
    else if (specificity(cost) === specificity(best) && Temporal.Instant.compare(cost.from, best.from) > 0) best = cost
  }
  return best
}

function applies(cost: CreditCost, usage: CreditedUsage): boolean {
  return (
    cost.operation === usage.operation &&
    (cost.provider === null || cost.provider === usage.provider) &&
    (cost.model === null || cost.model === usage.model) &&
    // Much faster than `Temporal.Instant.compare`, and this runs for each event.
    cost.from.epochNanoseconds <= usage.occurredAt.epochNanoseconds &&
    (cost.to === null || usage.occurredAt.epochNanoseconds < cost.to.epochNanoseconds)
  )
}

function specificity({ provider, model }: CreditCost): number {
  return Number(provider !== null) + Number(model !== null)
}

function creditsOfTokens(rates: Decimal | Readonly<Record<string, Decimal>>, tokens: Readonly<Record<string, number>>): Decimal {
  if (Decimal.isDecimal(rates)) return ratePerToken(rates).times(totalOf(tokens))
  let amount = ZERO
  for (const pool in rates) {
    const [rate, count] = [rates[pool], tokens[pool]]
    if (rate !== undefined && count !== undefined && count > 0) amount = add(amount, ratePerToken(rate).times(count))
  }
  return amount
}

function totalOf(tokens: Readonly<Record<string, number>>): number {
  let total = 0
  for (const pool in tokens) total += tokens[pool] ?? 0
  return total
}

const RATES_PER_TOKEN = new WeakMap<Decimal, Decimal>()

/** Divides a rate once, and not again for each event. */
function ratePerToken(perThousand: Decimal): Decimal {
  let rate = RATES_PER_TOKEN.get(perThousand)
  if (rate === undefined) RATES_PER_TOKEN.set(perThousand, (rate = perThousand.div(1_000)))
  return rate
}

/** Most costs have one part: nothing is added to zero. */
function add(sum: Decimal, amount: Decimal): Decimal {
  return sum.isZero() ? amount : sum.plus(amount)
}

function* partsOf({ rates }: CreditCost, usage: CreditedUsage): Generator<CreditCostPart> {
  if (rates.perCall !== null) yield part('call', null, new Decimal(1), rates.perCall)
  if (rates.perThousandTokens !== null && usage.tokens !== null) yield* tokenParts(rates.perThousandTokens, usage.tokens)
  if (rates.perUsdOfCost !== null && usage.cost !== null) yield part('usd_of_cost', null, usage.cost, rates.perUsdOfCost)
  if (rates.perUnit !== null && usage.quantity !== null) yield part('unit', null, usage.quantity, rates.perUnit)
}

function* tokenParts(rates: Decimal | Readonly<Record<string, Decimal>>, tokens: Readonly<Record<string, number>>): Generator<CreditCostPart> {
  if (Decimal.isDecimal(rates)) {
    yield part('thousand_tokens', null, new Decimal(totalOf(tokens)).div(1_000), rates)
    return
  }
  for (const [pool, rate] of Object.entries(rates)) {
    const count = tokens[pool] ?? 0
    if (count > 0) yield part('thousand_tokens', pool, new Decimal(count).div(1_000), rate)
  }
}

function part(basis: CreditCostPart['basis'], pool: string | null, quantity: Decimal, rate: Decimal): CreditCostPart {
  return { basis, pool, quantity, rate, amount: quantity.times(rate) }
}

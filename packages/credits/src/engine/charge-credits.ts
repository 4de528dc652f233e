import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { ChargedCredits, CreditCost, CreditCostPart, CreditedUsage } from '../model/credit-cost.ts'

/**
 * Returns the credits of a usage event by the cost in effect at its time: that of its model, else of its provider, else of
 * its operation. Undefined if its operation has no cost. Amounts are exact: quotients are of 1,000, so nothing is rounded.
 */
export function chargeCredits(costs: readonly CreditCost[], usage: CreditedUsage): ChargedCredits | undefined {
  const cost = costInEffect(costs, usage)
  if (cost === undefined) return undefined
  const parts = [...partsOf(cost, usage)]
  return {
    amount: parts.reduce((sum, { amount }) => sum.plus(amount), ZERO),
    costId: cost.id,
    parts,
    awaitsCost: cost.rates.perUsdOfCost !== null && usage.cost === null && usage.provider !== null,
  }
}

/** Returns the most specific cost in effect at the time of the usage; of several versions, the one that starts last. */
function costInEffect(costs: readonly CreditCost[], usage: CreditedUsage): CreditCost | undefined {
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
    Temporal.Instant.compare(cost.from, usage.occurredAt) <= 0 &&
    (cost.to === null || Temporal.Instant.compare(usage.occurredAt, cost.to) < 0)
  )
}

function specificity({ provider, model }: CreditCost): number {
  return Number(provider !== null) + Number(model !== null)
}

function* partsOf({ rates }: CreditCost, usage: CreditedUsage): Generator<CreditCostPart> {
  if (rates.perCall !== null) yield part('call', null, new Decimal(1), rates.perCall)
  if (rates.perThousandTokens !== null && usage.tokens !== null) yield* tokenParts(rates.perThousandTokens, usage.tokens)
  if (rates.perUsdOfCost !== null && usage.cost !== null) yield part('usd_of_cost', null, usage.cost, rates.perUsdOfCost)
  if (rates.perUnit !== null && usage.quantity !== null) yield part('unit', null, usage.quantity, rates.perUnit)
}

function* tokenParts(rates: Decimal | Readonly<Record<string, Decimal>>, tokens: Readonly<Record<string, number>>): Generator<CreditCostPart> {
  if (Decimal.isDecimal(rates)) {
    const total = Object.values(tokens).reduce((sum, count) => sum + count, 0)
    yield part('thousand_tokens', null, new Decimal(total).div(1_000), rates)
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

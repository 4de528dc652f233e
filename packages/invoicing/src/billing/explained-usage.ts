import { type Charges, type ChargesDependencies, createCharges } from '@tollgate/charges'
import { Decimal, type Period, ZERO } from '@tollgate/kernel'
import { type UsageCharge, usageCharges } from '../engine/billing/usage-charge.ts'
import { sumOf } from '../model/billing/due-charge.ts'
import type { PeriodUsage } from '../engine/billing/usage-dues.ts'
import { readUsageCells } from './read-usage-cells.ts'
import type { UsageChargeReader, UsagePeriod } from './usage-charge-reader.ts'

const MAX_STATUSES = 10

type Amounts = ReadonlyMap<string, Decimal>

/** Reads what usage costs from the charges of its periods. Pass what `createCharges` gets. */
export function explainedUsage(dependencies: ChargesDependencies): UsageChargeReader {
  return {
    async read(tenantId, periods) {
      // Budgets are shared by all periods. Periods are only read one after the other if two of them take from the same one.
      const together = await Promise.all(periods.map(period => readPeriod(dependencies, tenantId, period, NOTHING_TAKEN)))
      const takers = periods.flatMap((period, i) => [...newlyTaken(together[i], period).keys()])
      if (new Set(takers).size === takers.length) return together
      const inOrder: PeriodUsage[] = []
      let taken: Amounts = NOTHING_TAKEN
      for (const period of periods) {
        const usage = await readPeriod(dependencies, tenantId, period, taken)
        inOrder.push(usage)
        taken = addAmounts(taken, newlyTaken(usage, period))
      }
      return inOrder
    },
    async totals(tenantId, ranges) {
      const [from, to] = [ranges[0]?.from, ranges.at(-1)?.to]
      if (from === undefined || to === undefined) return []
      // A dimension with few values: sums are always by some.
      const sums = await dependencies.usage.sums({ tenantId, range: { from, to }, periods: ranges, by: ['status'], first: MAX_STATUSES })
      return ranges.map((_, i) => {
        const groups = sums[i] ?? []
        return { calls: groups.reduce((sum, { calls }) => sum + calls, 0), cost: sumOf(groups.map(({ cost }) => cost)) }
      })
    },
  }
}

const NOTHING_TAKEN: Amounts = new Map()

async function readPeriod(
  dependencies: ChargesDependencies,
  tenantId: string,
  { ranges, lineDimensions, discounted }: UsagePeriod,
  taken: Amounts,
): Promise<PeriodUsage> {
  const charges = createCharges({ ...dependencies, promotions: promotionsOf(dependencies, discounted, taken) })
  const others = lineDimensions.filter(dimension => dimension !== 'provider' && dimension !== 'model')
  const stretches = await Promise.all(
    ranges.map(async range => {
      const [explained, cells] = await Promise.all([
        explain(charges, tenantId, range),
        others.length === 0 ? undefined : readUsageCells(dependencies.usage, { tenantId, range, others }),
      ])
      return { range, ...explained, cells }
    }),
  )
  return { currency: stretches[0]?.currency ?? DEFAULT_CURRENCY, stretches }
}

const DEFAULT_CURRENCY = 'USD'

async function explain(charges: Charges, tenantId: string, range: Period): Promise<{ readonly currency: string; readonly charges: readonly UsageCharge[] }> {
  const explained = await charges.explainPeriod({ tenantId, range })
  return { currency: explained.total.currency, charges: usageCharges(explained) }
}

/** Leaves to each budget what this period was given before, and not what other periods of the same invoice take. */
function promotionsOf({ promotions }: ChargesDependencies, discounted: Amounts, taken: Amounts): ChargesDependencies['promotions'] {
  if (discounted.size === 0 && taken.size === 0) return promotions
  return {
    async discountStates(discounts, holder) {
      const states = await promotions.discountStates(discounts, holder)
      return Object.fromEntries(
        Object.entries(states).map(([id, state]) => {
          const promotion = discounts.find(discount => discount.id === id)?.promotion
          if (promotion === undefined || state.remainingBudget === undefined || state.remainingBudget === null) return [id, state]
          const left = new Decimal(String(state.remainingBudget)).plus(discounted.get(promotion) ?? ZERO).minus(taken.get(promotion) ?? ZERO)
          return [id, { ...state, remainingBudget: Decimal.max(ZERO, left) }]
        }),
      )
    },
  }
}

/** Returns what a period takes of budgets, beyond what it was given before. */
function newlyTaken(usage: PeriodUsage | undefined, { discounted }: UsagePeriod): Amounts {
  const budgeted = (usage?.stretches ?? []).flatMap(({ charges }) => charges.flatMap(({ discounts }) => discounts)).filter(({ budget }) => budget !== undefined)
  const sums = [...Map.groupBy(budgeted, ({ promotion }) => promotion)].map(([promotion, discounts]) => {
    return [promotion, discounts.reduce((sum, { amount }) => sum.plus(amount), ZERO).minus(discounted.get(promotion) ?? ZERO)] as const
  })
  return new Map(sums.filter(([, amount]) => amount.gt(0)))
}

function addAmounts(one: Amounts, other: Amounts): Amounts {
  const sum = new Map(one)
  for (const [name, amount] of other) sum.set(name, (sum.get(name) ?? ZERO).plus(amount))
  return sum
}

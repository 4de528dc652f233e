import { Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { BillingPeriod } from '../../model/billing/billed-period.ts'
import { type DueCharge, type DueDiscount, sumOf } from '../../model/billing/due-charge.ts'
import type { AppliedRate } from '../../model/billing/exchange-rate.ts'
import { mergeDiscounts, share, type UsageCharge } from './usage-charge.ts'

/** Usage of a billing period with its charges. */
export interface PeriodUsage {
  /** ISO 4217. Of the charges. */
  readonly currency: string
  /** One list for each stretch of the period in which usage is charged. */
  readonly stretches: readonly UsageStretch[]
}

/** A stretch of a billing period in which usage is charged. */
export interface UsageStretch {
  readonly range: Period
  readonly charges: readonly UsageCharge[]
  /** Usage by model and by the dimensions of the lines. Needed for dimensions besides provider and model. */
  readonly cells?: readonly UsageCellShare[] | undefined
}

/** Usage of one model with the same values of dimensions. */
export interface UsageCellShare {
  readonly provider: string | null
  readonly model: string | null
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly calls: number
  readonly tokens: Decimal
  readonly units: Decimal
  readonly cost: Decimal
}

/** Maximum number of explanations that a line keeps. Rules that change by the hour have more parts. */
const MAX_EXPLANATIONS = 20

/**
 * Returns what is due for the usage of a billing period, grouped by the dimensions of its lines. The groups add up to the
 * charges of the period exactly: a charge is shared by cost, or by tokens or calls if nothing has a cost.
 */
export function usageDues({ period, lineDimensions }: BillingPeriod, usage: PeriodUsage, conversion: AppliedRate | null): readonly DueCharge[] {
  const groups = new Map<string, GroupDraft>()
  for (const { range, charges, cells = [] } of usage.stretches) {
    for (const charge of charges) {
      for (const part of groupCharge(charge, cells, lineDimensions)) {
        const key = JSON.stringify([part.provider, part.model, part.allModels, part.dimensions])
        const draft = groups.get(key) ?? emptyGroup(part)
        groups.set(key, draft)
        addTo(draft, part, range, charge)
      }
    }
  }
  return [...groups.values()].map(draft => toDue(draft, { period, currency: usage.currency, conversion }))
}

interface UsagePart {
  readonly provider: string | null
  readonly model: string | null
  readonly allModels: boolean
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly amount: Decimal
  readonly discounts: readonly DueDiscount[]
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: Decimal
  readonly units: Decimal
  readonly cost: Decimal
}

interface GroupDraft {
  readonly provider: string | null
  readonly model: string | null
  readonly allModels: boolean
  readonly dimensions: Readonly<Record<string, string | null>>
  amount: Decimal
  discounts: DueDiscount[]
  calls: number
  unpricedCalls: number
  tokens: Decimal
  units: Decimal
  cost: Decimal
  readonly ranges: Period[]
  readonly explanations: UsageCharge['explanations'][number][]
}

function emptyGroup({ provider, model, allModels, dimensions }: UsagePart): GroupDraft {
  const figures = { amount: ZERO, calls: 0, unpricedCalls: 0, tokens: ZERO, units: ZERO, cost: ZERO }
  return { provider, model, allModels, dimensions, ...figures, discounts: [], ranges: [], explanations: [] }
}

function addTo(draft: GroupDraft, part: UsagePart, range: Period, { explanations }: UsageCharge): void {
  draft.amount = draft.amount.plus(part.amount)
  draft.discounts.push(...part.discounts)
  draft.calls += part.calls
  draft.unpricedCalls += part.unpricedCalls
  draft.tokens = draft.tokens.plus(part.tokens)
  draft.units = draft.units.plus(part.units)
  draft.cost = draft.cost.plus(part.cost)
  if (!draft.ranges.includes(range)) draft.ranges.push(range)
  for (const explained of explanations) if (!draft.explanations.includes(explained)) draft.explanations.push(explained)
}

/** Splits the charge of a model over the groups of the lines. */
function groupCharge(charge: UsageCharge, cells: readonly UsageCellShare[], lineDimensions: readonly string[]): readonly UsagePart[] {
  const byModel = lineDimensions.includes('provider') && lineDimensions.includes('model')
  const others = lineDimensions.filter(dimension => dimension !== 'provider' && dimension !== 'model')
  const { provider, model, allModels, usage } = charge
  const names = {
    provider: byModel || lineDimensions.includes('provider') ? provider : null,
    model: byModel || lineDimensions.includes('model') ? model : null,
    // All models together have no name to group by.
    allModels: allModels && lineDimensions.includes('model'),
  }
  const own = allModels ? cells : cells.filter(cell => cell.provider === provider && cell.model === model)
  if (others.length === 0 || own.length === 0) return [{ ...names, dimensions: {}, amount: charge.amount, discounts: charge.discounts, ...usage }]
  const weights = weightsOf(own)
  const amounts = share(charge.amount, weights)
  const discounts = charge.discounts.map(discount => ({ discount, amounts: share(discount.amount, weights) }))
  return own.map((cell, i) => ({
    ...names,
    dimensions: Object.fromEntries(others.map(dimension => [dimension, cell.dimensions[dimension] ?? null])),
    amount: amounts[i] ?? ZERO,
    discounts: discounts.map(({ discount, amounts: shares }) => ({ ...discount, amount: shares[i] ?? ZERO })),
    calls: cell.calls,
    unpricedCalls: 0,
    tokens: cell.tokens,
    units: cell.units,
    cost: cell.cost,
  }))
}

function weightsOf(cells: readonly UsageCellShare[]): readonly Decimal[] {
  const costs = cells.map(({ cost }) => cost)
  if (!sumOf(costs).isZero()) return costs
  const tokens = cells.map(cell => cell.tokens)
  return sumOf(tokens).isZero() ? cells.map(({ calls }) => new Decimal(calls)) : tokens
}

function toDue(
  draft: GroupDraft,
  { period, currency, conversion }: { readonly period: Period; readonly currency: string; readonly conversion: AppliedRate | null },
): DueCharge {
  const { provider, model, allModels, dimensions, amount, calls, unpricedCalls, tokens, units, cost, ranges, explanations } = draft
  const counted = tokens.gt(0)
    ? { quantity: tokens, unit: 'token' }
    : units.gt(0)
      ? { quantity: units, unit: 'unit' }
      : { quantity: new Decimal(calls), unit: 'call' }
  return {
    key: JSON.stringify(['usage', period.from.toString(), provider, model, allModels, sortedEntries(dimensions)]),
    kind: 'usage',
    description: describe({ provider, model, dimensions }),
    basis: period,
    period,
    ...counted,
    currency,
    amount,
    discounts: mergeDiscounts(draft.discounts),
    credits: ZERO,
    conversion,
    provider,
    model,
    dimensions,
    details: {
      calls,
      unpricedCalls,
      tokens: tokens.toFixed(),
      units: units.toFixed(),
      cost: cost.toFixed(),
      allModels,
      ranges: ranges.map(({ from, to }) => ({ from: from.toString(), to: to.toString() })),
      parts: explanations.length,
      explanations: explanations
        .slice(0, MAX_EXPLANATIONS)
        .map(({ range: { from, to }, explanation }) => ({ from: from.toString(), to: to.toString(), explanation })),
    },
  }
}

function describe({ provider, model, dimensions }: Pick<DueCharge, 'provider' | 'model' | 'dimensions'>): string {
  const values = sortedEntries(dimensions).map(([dimension, value]) => `${dimension} ${value ?? 'none'}`)
  const name = [provider, model].filter(part => part !== null).join(' ')
  return [...(name === '' ? ['Usage'] : [name]), ...values].join(', ')
}

function sortedEntries(dimensions: Readonly<Record<string, string | null>>): [string, string | null][] {
  return Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import { completeTokenUsage } from '@tollgate/tokens'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { defineMarkups } from '../../model/markups/markups.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'
import { ratePeriodCharge } from '../periods/rate-period-charge.ts'
import { addShares, allocateCharge } from './allocate-charge.ts'

const at = Temporal.Instant.from('2026-11-01T00:00:00Z')
const range = { from: at, to: at.add({ hours: 24 }) }
const markups = defineMarkups([])
const byCost = { markups, discounts: [], priceModel: undefined }

const cell = (model: string, cost: string, input: number, key: string | null = null): UsageCell => {
  return {
    key: [key],
    provider: 'acme-ai',
    model,
    operation: null,
    calls: 1,
    unpricedCalls: 0,
    tokens: completeTokenUsage({ input }),
    quantity: ZERO,
    cost: new Decimal(cost),
  }
}

/** Rates the models of one part, and returns the shares of its cells. */
function sharesOf(models: readonly (readonly UsageCell[])[], rules: Parameters<typeof allocateCharge>[0][number]['rules'] = byCost) {
  const lines = models.map(cells => ({
    provider: 'acme-ai',
    model: cells[0]?.model ?? null,
    parts: cells.map(({ tokens }) => ({ quantity: new Decimal(tokens.input), dimensions: { pool: 'input' } })),
    cost: cells.reduce((sum, { cost }) => sum.plus(cost), ZERO),
    label: 'model',
  }))
  const rated = ratePeriodCharge({ parts: [{ range, rules, lines }], context: { at } })
  const shares = allocateCharge([{ rules, models }], rated)
  return { total: rated.total.charge, shares: models.flat().map(one => shares.get(one) ?? null) }
}

describe('allocateCharge', () => {
  it('allocates by the charges of models, then by the costs of their cells', () => {
    const rules = { ...byCost, markups: defineMarkups([{ id: 'm', percent: 100, model: 'large' }]) }
    const { shares } = sharesOf([[cell('large', '3', 1), cell('large', '1', 1)], [cell('small', '2', 1)]], rules)
    expect(shares.map(share => share?.toFixed())).toEqual(['6', '2', '2'])
  })
  it('allocates by tokens if a price list applies', () => {
    const priceModel = { id: 'list v1', name: 'list', counts: 'tokens' as const, model: definePriceModel({ kind: 'per-unit', unitPrice: 1 }) }
    const { shares } = sharesOf([[cell('large', '9', 1), cell('large', '0', 2)], [cell('small', '0', 3)]], { ...byCost, priceModel })
    expect(shares.map(share => share?.toFixed())).toEqual(['1', '2', '3'])
  })
  it('allocates a fee without usage to compare by in equal shares', () => {
    const priceModel = { id: 'list v1', name: 'list', counts: 'tokens' as const, model: definePriceModel({ kind: 'flat-fee', fee: 6 }) }
    const { shares } = sharesOf([[cell('large', '0', 0)], [cell('small', '0', 0), cell('small', '0', 0)]], { ...byCost, priceModel })
    expect(shares.map(share => share?.toFixed())).toEqual(['3', '1.5', '1.5'])
  })
  it('allocates nothing of an unpriced charge', () => {
    const unmatched = { kind: 'matrix' as const, dimensions: ['pool'], cells: [{ of: { pool: 'output' }, price: { kind: 'flat-fee' as const, fee: 1 } }] }
    const priceModel = { id: 'list v1', name: 'list', counts: 'tokens' as const, model: definePriceModel(unmatched) }
    const { shares } = sharesOf([[cell('large', '1', 1)]], { ...byCost, priceModel })
    expect([shares, addShares(shares)]).toEqual([[null], null])
  })
  it('shares add up to the charge exactly, for any costs and discounts', () => {
    const cost = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat({ max: 12 }))
      .map(([digits, scale]) => new Decimal(digits.toString()).div(10 ** scale).toFixed())
    const models = fc.array(fc.array(fc.tuple(cost, fc.nat({ max: 1_000 })), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(models, fc.nat({ max: 99 }), (costs, percent) => {
        const cells = costs.map((ofModel, i) => ofModel.map(([amount, tokens], j) => cell(`model-${i}`, amount, tokens, String(j))))
        const discounts = [defineDiscount({ id: 'd', effect: { kind: 'percentage', percent } })]
        const { total, shares } = sharesOf(cells, { ...byCost, discounts })
        expect(addShares(shares)?.toFixed()).toBe(total?.toFixed())
      }),
    )
  })
})

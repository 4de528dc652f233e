import { expect, it } from 'vitest'
import { pathInInput } from './path-in-input.ts'

const discount = {
  name: 'x',
  effect: { tiered: { measure: 'quantity', tiers: [{ from: 5 }], basis: null } },
  conditions: [{ weekdays: { days: ['caturday'], timeZone: 'UTC' } }, { firstTimeCustomer: true }],
}
const priceModel = { priceModel: { matrix: { dimensions: ['pool'], cells: [{ of: [], price: { perUnit: { unitPrice: '1', per: 7 } } }] } } }

it.each([
  { input: discount, path: 'name', written: 'name' },
  { input: discount, path: 'effect.tiers.0.from', written: 'effect.tiered.tiers.0.from' },
  { input: discount, path: 'effect.tiers', written: 'effect.tiered.tiers' },
  { input: discount, path: 'conditions.0.days', written: 'conditions.0.weekdays.days' },
  { input: discount, path: 'conditions', written: 'conditions' },
  { input: discount, path: 'maximum', written: 'maximum' },
  { input: priceModel, path: 'priceModel.cells.0.price.per', written: 'priceModel.matrix.cells.0.price.perUnit.per' },
  // A field that the client omitted follows the last field that it set.
  { input: { effect: { percentage: { percent: 1 } } }, path: 'effect.basis', written: 'effect.percentage.basis' },
  { input: {}, path: 'effect.basis', written: 'effect.basis' },
])('converts $path to $written', ({ input, path, written }) => {
  expect(pathInInput(path, input)).toBe(written)
})

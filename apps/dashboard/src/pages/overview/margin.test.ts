import { expect, it } from 'vitest'
import { marginOf } from './margin.ts'

it.each([
  { charge: '140', cost: '100', margin: 40 / 140 },
  { charge: '50', cost: '100', margin: -1 },
  { charge: '0.000007', cost: '0.000007', margin: 0 },
  { charge: '0', cost: '3', margin: null },
  { charge: null, cost: '3', margin: null },
  { charge: '3', cost: null, margin: null },
])('says that of a charge of $charge after a cost of $cost the share $margin remains', ({ charge, cost, margin }) => {
  expect(marginOf({ charge, cost })).toBe(margin)
})

import { expect, it } from 'vitest'
import { parseServiceTier } from './service-tier.ts'

it.each([
  ['default', 'standard'],
  ['STANDARD', 'standard'],
  ['on_demand', 'standard'],
  ['batches', 'batch'],
  ['flex', 'flex'],
  [' Priority ', 'priority'],
  ['auto', undefined],
  ['constructor', undefined],
])('parseServiceTier reads %s as %s', (name, tier) => {
  expect(parseServiceTier(name)).toBe(tier)
})

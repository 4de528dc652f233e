import { expect, it } from 'vitest'
import { parseServiceTier } from './service-tier.ts'

it.each([
  ['default', 'standard'],
  ['STANDARD', 'standard'],
  ['on_demand', 'standard'],
  ['on-demand', 'standard'],
  ['ON_DEMAND_FLEX', 'flex'],
  ['on_demand_priority', 'priority'],
  ['batches', 'batch'],
  ['flex', 'flex'],
  [' Priority ', 'priority'],
  ['auto', undefined],
  ['provisioned_throughput', undefined],
  ['reserved', undefined],
  ['constructor', undefined],
])('parseServiceTier reads %s as %s', (name, tier) => {
  expect(parseServiceTier(name)).toBe(tier)
})

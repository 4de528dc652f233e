import { readFileSync } from 'node:fs'
import type { TokenUsageInput } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from '../catalog/bundled-catalog.ts'
import { rateUsage } from '../rate-usage.ts'

/** See fixtures/README.md. */
interface PriceCase {
  readonly id: string
  readonly provider: string
  readonly model: string
  readonly tokens: TokenUsageInput
  readonly serviceTier?: string
  readonly at: string
  readonly expectedCost: string
  readonly source: string
}

const cases = readFileSync(new URL('../../../fixtures/price-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as PriceCase)

describe('the cost of a call', () => {
  it('has 150 cases', () => {
    expect(cases).toHaveLength(150)
  })

  it.each(cases)('$id: $provider $model costs $expectedCost ($source)', ({ provider, model, tokens, serviceTier, at, expectedCost }) => {
    const rated = rateUsage({ catalog: bundledCatalog(), provider, model, tokens, serviceTier, at })
    expect(rated.cost?.toFixed()).toBe(expectedCost)
  })
})

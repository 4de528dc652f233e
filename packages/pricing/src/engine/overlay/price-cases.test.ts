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
  /** Set if the source is wrong. */
  readonly corrected?: { readonly cost: string; readonly why: string }
}

const cases = readFileSync(new URL('../../../fixtures/price-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as PriceCase)

describe('the cost of a call', () => {
  it('has 155 cases', () => {
    expect(cases).toHaveLength(155)
  })

  it.each(cases.filter(({ corrected }) => !corrected))('$id: $provider $model costs $expectedCost ($source)', ({ expectedCost, ...call }) => {
    expect(cost(call)).toBe(expectedCost)
  })

  it.each(cases.flatMap(({ corrected, ...listed }) => (corrected ? [{ ...listed, ...corrected }] : [])))(
    '$id: $provider $model costs $cost, not $expectedCost: $why',
    ({ cost: corrected, expectedCost, ...call }) => {
      expect(cost(call)).toBe(corrected)
      expect(corrected).not.toBe(expectedCost)
    },
  )
})

function cost({ provider, model, tokens, serviceTier, at }: Pick<PriceCase, 'provider' | 'model' | 'tokens' | 'serviceTier' | 'at'>): string | undefined {
  return rateUsage({ catalog: bundledCatalog(), provider, model, tokens, serviceTier, at }).cost?.toFixed()
}

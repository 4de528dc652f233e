import { readFileSync } from 'node:fs'
import { extractTokenUsage, type ProviderResponse, readOpenTelemetryUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
import { rateUsage, type RateUsageInput } from './engine/rate-usage.ts'

/** A call that was priced wrongly somewhere, and what it costs. See fixtures/README.md. */
interface CostCase {
  readonly id: string
  readonly input: {
    readonly extract?: ProviderResponse
    readonly readOpenTelemetryUsage?: Readonly<Record<string, unknown>>
    readonly rateUsage?: Omit<RateUsageInput, 'catalog'>
    /** Model of the request, if the response does not name it. */
    readonly model?: string
  }
  /** USD, as reported. */
  readonly cost: string
  /** Set if the report is wrong. */
  readonly corrected?: { readonly cost: string; readonly why: string }
}

const AT = '2026-11-20T00:00:00Z'

const cases = readFileSync(new URL('../fixtures/cost-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as CostCase)

function callOf({ extract, readOpenTelemetryUsage: attributes = {}, rateUsage: call, model }: CostCase['input']): Omit<RateUsageInput, 'catalog'> {
  if (call) return call
  if (extract) {
    const extracted = extractTokenUsage(extract)
    return { provider: extract.provider, ...extracted, model: extracted.model ?? model ?? null, at: AT }
  }
  const read = readOpenTelemetryUsage(attributes)
  return { ...read, provider: read.provider ?? '', at: AT }
}

describe('20 reported costs', () => {
  it('are complete', () => expect(cases).toHaveLength(20))

  it.each(cases.map(one => ({ ...one, actual: one.corrected?.cost ?? one.cost })))('$id costs $actual', ({ input, actual }) => {
    expect(rateUsage({ catalog: bundledCatalog(), ...callOf(input) }).cost?.toFixed()).toBe(actual)
  })
})

import { readFileSync } from 'node:fs'
import { extractTokenUsage, totalTokens } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
import { rateUsage } from './engine/rate-usage.ts'
import type { Price } from './model/price.ts'
import { serviceTierOf } from './model/service-tier.ts'

// The two lines of the README, for every recorded response and every provider that could have sent it.

type Body = Readonly<Record<string, unknown>>

const recorded = readFileSync(new URL('../../tokens/fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .flatMap((line, index) => {
    const { body, extracted } = JSON.parse(line) as { body: Body; extracted: readonly { extractors: readonly { provider_id: string }[] }[] }
    const providers = new Set(extracted.flatMap(({ extractors }) => extractors.map(({ provider_id }) => provider_id)))
    return [...providers].map(provider => ({ line: index + 1, provider, body }))
  })

const TIMES = ['2025-11-30T12:00:00Z', '2026-11-20T12:00:00Z', '2027-02-01T08:00:00Z']

type Reading = ReturnType<typeof extractTokenUsage>

/** Returns how calls are rated at a time. Calls that were read alike are rated once. */
function ratingAt(at: string) {
  const rated = new Map<string, ReturnType<typeof rateUsage>>()
  return (provider: string, read: Reading) => {
    const key = JSON.stringify([provider, read])
    const known = rated.get(key) ?? rateUsage({ catalog: bundledCatalog(), provider, ...read, at })
    rated.set(key, known)
    return known
  }
}

function isFree({ perMillionTokens, perRequest, units = [] }: Price): boolean {
  const rates = Object.values(perMillionTokens).flatMap(({ base, steps }) => [base, ...steps.map(step => step.rate)])
  return [...rates, ...units.map(({ price }) => price), ...(perRequest ? [perRequest] : [])].every(amount => amount.isZero())
}

const fieldOf = (body: Body, name: string) => (typeof body[name] === 'object' ? (body[name] as Body) : undefined)

/** The response as it would be if it had been served by a tier, in every way in which its format says so. */
function servedBy(tier: 'flex' | 'priority', body: Body): readonly Body[] {
  const gemini = fieldOf(body, 'usageMetadata')
  if (gemini) {
    const { trafficType: _traffic, serviceTier: _tier, ...usage } = gemini
    return [
      { ...body, usageMetadata: { ...usage, trafficType: `ON_DEMAND_${tier.toUpperCase()}` } },
      { ...body, usageMetadata: { ...usage, serviceTier: tier } },
      { ...body, usageMetadata: { ...usage, trafficType: 'ON_DEMAND', serviceTier: tier } },
    ]
  }
  const usage = fieldOf(body, 'usage')
  if (!usage) return [{ ...body, service_tier: tier }]
  if ('inputTokens' in usage) return [{ ...body, serviceTier: { type: tier } }]
  const { service_tier: _tier, ...untold } = usage
  return [
    { ...body, usage: untold, service_tier: tier },
    { ...body, usage: { ...untold, service_tier: tier } },
  ]
}

/** The response as a line of the results of a batch, in the form of every provider. */
function inBatch(body: Body): readonly Body[] {
  return [
    { id: 'batch_req_1', custom_id: 'request-1', response: { status_code: 200, request_id: 'req_1', body }, error: null },
    { custom_id: 'request-1', result: { type: 'succeeded', message: body } },
    { key: 'request-1', response: body },
    { request: {}, status: '', response: body, processed_time: '2026-11-20T12:00:00Z' },
    { response: body, metadata: { key: 'request-1' } },
    { recordId: 'CALL0000001', modelInput: {}, modelOutput: body },
  ]
}

/** What is read of each response, in each of its variants. No time has a part in it. */
function readAll(variantsOf: (body: Body) => readonly Body[]) {
  return recorded.flatMap(({ line, provider, body }) =>
    variantsOf(body).map((response, variant) => ({ line, provider, variant, read: extractTokenUsage({ provider, response }) })),
  )
}

describe('every recorded response', () => {
  const asRecorded = readAll(body => [body])

  it('is read for 3,000 providers or more', () => expect(recorded.length).toBeGreaterThan(3_000))

  it.each(TIMES)('costs more than 0 if anything was used and its model is not free, at %s', at => {
    const rate = ratingAt(at)
    const freeOfCharge = asRecorded.flatMap(({ line, provider, read }) => {
      const rated = rate(provider, read)
      const isUsed = totalTokens(read.tokens) > 0 || read.units.some(({ quantity }) => Number(quantity) > 0)
      return rated.state === 'priced' && rated.cost.isZero() && isUsed && !isFree(rated.price) ? [{ line, provider, model: read.model }] : []
    })
    expect(freeOfCharge).toEqual([])
  })

  describe.each(['batch', 'flex', 'priority'] as const)('has a price for the tier that it names, or none: %s', tier => {
    const served = readAll(body => (tier === 'batch' ? inBatch(body) : servedBy(tier, body)))

    it.each(TIMES)('at %s', at => {
      const rate = ratingAt(at)
      let priced = 0
      const wrong = served.flatMap(({ line, provider, variant, read }) => {
        const rated = rate(provider, read)
        if (rated.state === 'priced') priced += 1
        const prices = rated.state === 'priced' ? [rated.price, ...(rated.attemptPrices ?? [])] : []
        return read.serviceTier === tier && prices.every(price => serviceTierOf(price) === tier) ? [] : [{ line, provider, variant, tier: read.serviceTier }]
      })
      expect(wrong).toEqual([])
      expect(priced).toBeGreaterThan(0)
    })
  })
})

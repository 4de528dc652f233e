import { readFileSync } from 'node:fs'
import { Decimal, Temporal } from '@tollgate/kernel'
import { extractTokenUsage, TOKEN_POOL_TRAITS, TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
import { rateUsage } from './engine/rate-usage.ts'

/** Recorded responses of real providers, with their cost. See packages/tokens/fixtures/README.md. */
interface RecordedResponse {
  readonly body: unknown
  readonly extracted: readonly {
    readonly usage: Readonly<Record<string, number>>
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string; readonly input_price?: string; readonly output_price?: string }[]
  }[]
}

const recorded = readFileSync(new URL('../../tokens/fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as RecordedResponse)

/** Costs that differ from the recorded ones, and why. */
const differences = JSON.parse(readFileSync(new URL('../fixtures/price-differences.json', import.meta.url), 'utf8')) as {
  readonly differing: readonly {
    readonly line: number
    readonly provider: string
    readonly model: string
    readonly recorded: string
    readonly ours: string | null
    readonly reason: string
  }[]
  readonly pricedSince: { readonly models: readonly string[]; readonly reason: string }
  readonly pricedByName: { readonly pattern: string; readonly reason: string }
}

/** The recorded costs have no time; they are those of this one. */
const AT = Temporal.Instant.from('2025-11-30T12:00:00Z')

/** Whether we read the tokens that the cost was recorded for. If not, `recorded-responses.test.ts` of `@tollgate/tokens` names the reason. */
function isReadAlike(tokens: TokenUsage, usage: Readonly<Record<string, number>>): boolean {
  const sum = (...kinds: readonly string[]) =>
    TOKEN_POOLS.reduce((total, pool) => total + (kinds.includes(TOKEN_POOL_TRAITS[pool].kind) ? (tokens[pool] ?? 0) : 0), 0)
  return (
    sum('input', 'cacheRead', 'cacheWrite') === (usage['input_tokens'] ?? 0) &&
    sum('output', 'reasoning') === (usage['output_tokens'] ?? 0) &&
    sum('cacheRead') === (usage['cache_read_tokens'] ?? 0) &&
    sum('cacheWrite') === (usage['cache_write_tokens'] ?? 0)
  )
}

const rated = recorded.flatMap(({ body, extracted }, index) =>
  extracted.flatMap(({ usage, extractors }) =>
    extractors.map(({ provider_id: provider, api_flavor: apiFlavor, input_price, output_price }) => {
      const { tokens, model } = extractTokenUsage({ provider, response: body, apiFlavor })
      const ours = rateUsage({ catalog: bundledCatalog(), provider, model, tokens, at: AT })
      return {
        line: index + 1,
        provider,
        model,
        isReadAlike: isReadAlike(tokens, usage),
        ours: ours.cost?.toFixed(),
        theirs: input_price === undefined ? undefined : new Decimal(input_price).plus(output_price ?? 0).toFixed(),
      }
    }),
  ),
)

describe('the cost of 794 recorded responses', () => {
  const pricedThere = rated.filter(({ theirs }) => theirs !== undefined)

  it('equals the recorded cost to the last digit, except for listed differences', () => {
    expect(pricedThere).toHaveLength(1_724)
    const readAlike = pricedThere.filter(reading => reading.isReadAlike)
    expect(readAlike).toHaveLength(1_493)
    const differing = readAlike.filter(({ ours, theirs }) => ours !== theirs)
    expect(differing.map(({ ours, theirs, isReadAlike: _same, ...of }) => ({ ...of, recorded: theirs, ours: ours ?? null }))).toEqual(
      differences.differing.map(({ reason: _why, ...difference }) => difference),
    )
  })

  it('is unknown if none is recorded, except for names with a prefix, region or date', () => {
    const models = rated.filter(({ ours, theirs }) => theirs === undefined && ours !== undefined).map(({ model }) => model ?? '')
    const plain = models.filter(model => !new RegExp(differences.pricedByName.pattern).test(model))
    expect([...new Set(plain)].toSorted()).toEqual(differences.pricedSince.models)
  })

  it('has a reason for every difference', () => {
    const reasons = [...differences.differing, differences.pricedSince, differences.pricedByName].map(({ reason }) => reason)
    expect(reasons.every(reason => reason.length > 0)).toBe(true)
  })
})

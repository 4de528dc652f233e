import { readFileSync } from 'node:fs'
import { Decimal, Temporal } from '@tollgate/kernel'
import { extractTokenUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { bundledCatalog } from './bundled/bundled-catalog.ts'
import { rateUsage } from './rate-usage.ts'

/** Recorded responses of real providers, with what they cost. See packages/tokens/fixtures/README.md. */
interface RecordedResponse {
  readonly body: unknown
  readonly extracted: readonly {
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string; readonly input_price?: string; readonly output_price?: string }[]
  }[]
}

const recorded = readFileSync(new URL('../../tokens/fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as RecordedResponse)

/** The prices are recorded without a time; those of this one are meant. */
const AT = Temporal.Instant.from('2025-11-30T12:00:00Z')

const rated = recorded.flatMap(({ body, extracted }, index) =>
  extracted.flatMap(({ extractors }) =>
    extractors.map(({ provider_id: provider, api_flavor: apiFlavor, input_price, output_price }) => {
      const { tokens, model } = extractTokenUsage({ provider, response: body, apiFlavor })
      const ours = rateUsage({ catalog: bundledCatalog(), provider, model, tokens, at: AT })
      return {
        line: index + 1,
        provider,
        model,
        ours: ours.cost?.toFixed(),
        theirs: input_price === undefined ? undefined : new Decimal(input_price).plus(output_price ?? 0).toFixed(),
      }
    }),
  ),
)

describe('what 794 recorded responses cost', () => {
  const pricedThere = rated.filter(({ theirs }) => theirs !== undefined)

  it('is what is recorded, to the last digit, but for what has a reason', () => {
    expect(pricedThere).toHaveLength(1_724)
    expect(pricedThere.filter(({ ours, theirs }) => ours !== theirs)).toEqual([
      // Recorded before the price of long contexts on Google was known.
      { line: 107, provider: 'google', model: 'claude-sonnet-4-5-20250929', ours: '2.9953065', theirs: '1.502322' },
      // The price list has this model without rates. That is no price of 0.
      { line: 512, provider: 'cerebras', model: 'qwen-3-coder-480b', ours: undefined, theirs: '0' },
      // Recorded with a price that was corrected since.
      { line: 763, provider: 'mistral', model: 'ministral-8b-latest', ours: '0.0000034', theirs: '0.0000088' },
    ])
  })

  it('is not known where it is not recorded, but for names with a prefix, a region or a date', () => {
    const models = rated.filter(({ ours, theirs }) => theirs === undefined && ours !== undefined).map(({ model }) => model ?? '')
    const plain = models.filter(model => !/^(?:models|google|openai|anthropic)[/.]|-latest$|-2025-\d\d-\d\d$/.test(model))
    // Listed by a provider since the recording.
    expect(new Set(plain)).toEqual(new Set(['deepseek-r1-distill-llama-70b', 'deepseek-v4-flash', 'gpt-5.6-sol', 'zai-glm-4.7']))
  })
})

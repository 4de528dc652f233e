import { readFileSync } from 'node:fs'
import { calcPrice } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import { bundledCatalog, rateUsage } from '@tollgate/pricing'
import { extractTokenUsage, type TokenUsage } from '@tollgate/tokens'
import { type Benchmark, compare } from './benchmark.ts'
import { median } from './kit/measure.ts'

const EVENTS = 100_000
const ROUNDS = 7
const AT = '2026-11-20T12:00:00Z'

/** One recorded response of a provider, as input of each calculator. */
interface RecordedUsage {
  readonly provider: string
  readonly model: string
  readonly tokens: TokenUsage
  readonly inclusive: Record<string, number>
}

interface RecordedResponse {
  readonly body: unknown
  readonly extracted: readonly {
    readonly usage: Record<string, number>
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string; readonly input_price?: string }[]
  }[]
}

/**
 * Rating of 100,000 events of many providers and models, from recorded responses. The peer is the calculator of the
 * package that the prices come from. It calculates in binary floating point.
 */
export const rating: Benchmark = {
  name: 'rating',
  run() {
    const mix = recordedUsages()
    const catalog = bundledCatalog()
    const at = Temporal.Instant.from(AT)
    const timestamp = new Date(AT)
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const rated = eventsPerSecond(mix, ({ provider, model, tokens }) => rateUsage({ catalog, provider, model, tokens, at }).state === 'priced')
      const theirs = eventsPerSecond(mix, ({ provider, model, inclusive }) => calcPrice(inclusive, model, { providerId: provider, timestamp }) !== null)
      if (round === 0) continue // Warms up the compiler.
      ours.push(rated)
      peer.push(theirs)
    }
    return Promise.resolve([compare({ name: 'rating, exact / genai-prices', ours: median(ours), peer: median(peer), unit: 'events/s', aim: { atLeast: 10 } })])
  },
}

/** Reads the responses that both calculators have a price for. See packages/tokens/fixtures/README.md. */
function recordedUsages(): RecordedUsage[] {
  const lines = readFileSync(new URL('../packages/tokens/fixtures/provider-responses.jsonl', import.meta.url), 'utf8').split('\n')
  const responses = lines.filter(line => line !== '').map(line => JSON.parse(line) as RecordedResponse)
  return responses.flatMap(({ body, extracted }) =>
    extracted.flatMap(({ usage, extractors }) =>
      extractors.flatMap(({ provider_id: provider, api_flavor: apiFlavor, input_price }) => {
        if (input_price === undefined) return []
        const { tokens, model } = extractTokenUsage({ provider, response: body, apiFlavor })
        const known = model !== null && calcPrice(usage, model, { providerId: provider }) !== null
        return known ? [{ provider, model, tokens, inclusive: usage }] : []
      }),
    ),
  )
}

function eventsPerSecond(mix: readonly RecordedUsage[], rate: (usage: RecordedUsage) => boolean): number {
  const start = performance.now()
  let priced = 0
  for (let event = 0; event < EVENTS; event += 1) if (rate(mix[event % mix.length] as RecordedUsage)) priced += 1
  const seconds = (performance.now() - start) / 1_000
  if (priced < EVENTS * 0.99) throw new Error(`Only ${priced} of ${EVENTS} events were priced.`)
  return EVENTS / seconds
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractTokenUsage } from './extract-token-usage.ts'
import type { TokenUsage } from './model/token-usage.ts'

/** Recorded responses of real providers, and how the reference reads them. See fixtures/README.md. */
interface RecordedResponse {
  readonly body: { readonly usage?: Readonly<Record<string, unknown>> }
  readonly model?: string
  readonly extracted: readonly {
    readonly usage: Readonly<Record<string, number>>
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string }[]
  }[]
}

const recorded = readFileSync(new URL('../fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map((line, index) => ({ line: index + 1, ...(JSON.parse(line) as RecordedResponse) }))

const COUNTS = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning', 'audioInput', 'imageInput', 'videoInput', 'audioOutput', 'imageOutput'] as const
type Counts = Record<(typeof COUNTS)[number], number>

/** Totals and their parts, as the reference counts: `input` and `output` include all others, documents are images. */
function theirCounts(usage: Readonly<Record<string, number>>): Counts {
  const count = (name: string) => usage[name] ?? 0
  return {
    input: count('input_tokens'),
    output: count('output_tokens'),
    cacheRead: count('cache_read_tokens'),
    cacheWrite: count('cache_write_tokens'),
    reasoning: count('output_reasoning_tokens'),
    audioInput: count('input_audio_tokens') - count('cache_audio_read_tokens'),
    imageInput: count('input_image_tokens') - count('cache_image_read_tokens'),
    videoInput: count('input_video_tokens') - count('cache_video_read_tokens'),
    audioOutput: count('output_audio_tokens'),
    imageOutput: count('output_image_tokens'),
  }
}

function ourCounts(tokens: TokenUsage): Counts {
  const { cacheReadAudio = 0, cacheReadImage = 0, cacheReadVideo = 0, cacheWrite30m = 0, cacheWrite12h = 0, videoInput = 0, videoOutput = 0 } = tokens
  const cacheRead = tokens.cacheRead + cacheReadAudio + cacheReadImage + cacheReadVideo
  const cacheWrite = tokens.cacheWrite5m + tokens.cacheWrite1h + cacheWrite30m + cacheWrite12h
  return {
    input: tokens.input + cacheRead + cacheWrite + tokens.audioInput + tokens.imageInput + videoInput,
    output: tokens.output + tokens.reasoning + tokens.audioOutput + tokens.imageOutput + videoOutput,
    cacheRead,
    cacheWrite,
    reasoning: tokens.reasoning,
    audioInput: tokens.audioInput,
    imageInput: tokens.imageInput,
    videoInput,
    audioOutput: tokens.audioOutput,
    imageOutput: tokens.imageOutput,
  }
}

/** One recorded response, as the reference reads it for one provider and API. */
interface ReferenceReading {
  readonly line: number
  readonly body: RecordedResponse['body']
  readonly provider: string
  readonly apiFlavor: string
  readonly theirs: Counts
  /** The largest of each count over all providers and APIs. */
  readonly best: Counts
}

const exceedsTotal = ({ body, theirs }: Pick<ReferenceReading, 'body' | 'theirs'>) => {
  const total = body.usage?.['total_tokens']
  return typeof total === 'number' && theirs.input + theirs.output > total
}

const readings: readonly ReferenceReading[] = recorded.flatMap(({ line, body, extracted }) => {
  const counted = extracted.map(({ usage, extractors }) => ({ theirs: theirCounts(usage), extractors }))
  const plausible = counted.filter(({ theirs, extractors }) => !exceedsTotal({ body, theirs }) && extractors.some(({ api_flavor }) => api_flavor !== 'tokens'))
  const best = Object.fromEntries(COUNTS.map(name => [name, Math.max(...plausible.map(({ theirs }) => theirs[name]))])) as Counts
  return counted.flatMap(({ theirs, extractors }) =>
    extractors.map(({ provider_id: provider, api_flavor: apiFlavor }) => ({ line, body, provider, apiFlavor, theirs, best })),
  )
})

const differs = (a: Counts, b: Counts) => COUNTS.some(name => a[name] !== b[name])
const isPartOf = (a: Counts, b: Counts) => COUNTS.every(name => a[name] <= b[name])
const mistralCache = ({ body }: Pick<ReferenceReading, 'body'>) => body.usage?.['num_cached_tokens']

/**
 * Why a reading of the reference differs from ours. The reference reads by the provider's name, and with some extractors less of
 * the same response than with others; we read by its format, always the same.
 */
const REASONS: readonly { readonly reason: string; readonly readings: number; readonly applies: (reading: ReferenceReading, ours: Counts) => boolean }[] = [
  {
    reason: 'the reference does not know num_cached_tokens of Mistral',
    readings: 680,
    applies: (reading, ours) =>
      Number(mistralCache(reading)) > 0 && ours.cacheRead === mistralCache(reading) && !differs({ ...ours, cacheRead: 0 }, reading.best),
  },
  {
    reason: 'the reference adds reasoning to completion tokens for xAI, although the total shows that they include it',
    readings: 39,
    applies: (reading, ours) => reading.provider === 'x-ai' && exceedsTotal(reading) && !differs(ours, reading.best),
  },
  {
    reason: 'the reference reads no completion for embeddings, although the response is a completion',
    readings: 576,
    applies: ({ apiFlavor, theirs, best }, ours) => apiFlavor === 'embeddings' && theirs.output === 0 && best.output > 0 && !differs(ours, best),
  },
  {
    reason: 'the reference reads all of the response for another provider or API, and a part of it for this one',
    readings: 496,
    applies: ({ theirs, best }, ours) => isPartOf(theirs, best) && !differs(ours, best),
  },
]

describe('794 recorded responses', () => {
  it('are complete, each with every provider and API that could have sent it', () => {
    expect(recorded).toHaveLength(794)
    expect(readings).toHaveLength(9_736)
  })

  it('differ from how the reference reads them for named reasons only', () => {
    const counts = new Map(REASONS.map(({ reason }) => [reason, 0]))
    const unexplained = readings.flatMap(reading => {
      const { line, body, provider, apiFlavor, theirs } = reading
      const ours = ourCounts(extractTokenUsage({ provider, response: body, apiFlavor }).tokens)
      if (!differs(ours, theirs)) return []
      const found = REASONS.find(({ applies }) => applies(reading, ours))
      if (!found) return [{ line, provider, apiFlavor, theirs, ours }]
      counts.set(found.reason, (counts.get(found.reason) ?? 0) + 1)
      return []
    })
    expect(unexplained).toEqual([])
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(REASONS.map(({ reason, readings: number }) => [reason, number])))
  })

  it('name the same model as the reference', () => {
    for (const { body, model, extracted } of recorded) {
      for (const { provider_id: provider } of extracted.flatMap(({ extractors }) => extractors)) {
        expect(extractTokenUsage({ provider, response: body }).model).toBe(model ?? null)
      }
    }
  })

  it('are read the same whichever provider and API they came through, except for what Cohere processed and did not bill', () => {
    const unlike = Object.entries(Object.groupBy(readings, ({ line }) => line)).flatMap(([line, alike = []]) => {
      const read = alike
        .filter(({ apiFlavor }) => apiFlavor !== 'tokens')
        .map(({ body, provider, apiFlavor }) => JSON.stringify(extractTokenUsage({ provider, response: body, apiFlavor })))
      const plain = alike.map(({ body, provider }) => JSON.stringify(extractTokenUsage({ provider, response: body })))
      return new Set([...read, ...plain]).size === 1 ? [] : [line]
    })
    expect(unlike).toEqual([])
  })

  it('sum to the total of the provider, unless it bills less', () => {
    const unlike = recorded.flatMap(({ line, body, extracted }) => {
      const total = body.usage?.['total_tokens'] ?? body.usage?.['totalTokens']
      const provider = extracted[0]?.extractors[0]?.provider_id ?? ''
      const { input, output } = ourCounts(extractTokenUsage({ provider, response: body }).tokens)
      return total === undefined || input + output === total ? [] : [{ line, total, ours: input + output }]
    })
    expect(unlike).toEqual([])
  })
})

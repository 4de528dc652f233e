import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractStreamedTokenUsage, type ProviderStream } from './extract-streamed-token-usage.ts'
import { extractTokenUsage, type ProviderResponse } from './extract-token-usage.ts'
import type { ExtractedUsage, ServedAs } from './model/extracted-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './model/token-usage.ts'
import type { UsageUnit } from './model/usage-unit.ts'
import { readOpenTelemetryUsage } from './read-open-telemetry-usage.ts'

/** An input that was read wrongly somewhere, and how it is read right. See fixtures/README.md. */
interface ReportedCase {
  readonly id: string
  readonly input: {
    readonly extract?: ProviderResponse
    readonly extractStreamed?: ProviderStream
    readonly readOpenTelemetryUsage?: Readonly<Record<string, unknown>>
    /** Further providers of the same response. */
    readonly alsoProviders?: readonly string[]
  }
  readonly reading: ServedAs & { readonly tokens: TokenUsageInput; readonly units?: readonly UsageUnit[] }
  readonly why: string
}

const cases = readFileSync(new URL('../fixtures/reported-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as ReportedCase)

function read({ input: { extract, extractStreamed, readOpenTelemetryUsage: attributes = {}, alsoProviders = [] } }: ReportedCase): readonly ExtractedUsage[] {
  if (extract) return [extract.provider, ...alsoProviders].map(provider => extractTokenUsage({ ...extract, provider }))
  return [extractStreamed ? extractStreamedTokenUsage(extractStreamed) : readOpenTelemetryUsage(attributes)]
}

describe('18 reported cases', () => {
  it('are complete', () => expect(cases).toHaveLength(18))

  it.each(cases)('read $id right', reported => {
    const { tokens, units = [], serviceTier, speed, region } = reported.reading
    for (const usage of read(reported)) {
      expect(usage).toMatchObject({ tokens: completeTokenUsage(tokens), units })
      expect(usage.tokens).toEqual(completeTokenUsage(tokens))
      expect([usage.serviceTier, usage.speed, usage.region]).toEqual([serviceTier, speed, region])
    }
  })
})

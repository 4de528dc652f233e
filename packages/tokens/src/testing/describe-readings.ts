import { describe, expect, it } from 'vitest'
import { extractStreamedTokenUsage } from '../extract-streamed-token-usage.ts'
import { extractTokenUsage } from '../extract-token-usage.ts'
import type { ExtractedUsage, ServedAs } from '../model/extracted-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from '../model/token-usage.ts'

/** A response, or the events of a stream, and what is read from it. */
export interface Reading extends ServedAs {
  /** A statement about what is read. */
  readonly name: string
  /** The provider's document or the arithmetic that shows it. */
  readonly source: string
  /** Every provider that sends such a response. All of them are read alike. */
  readonly providers: readonly string[]
  readonly apiFlavor?: string
  readonly response?: unknown
  readonly events?: readonly unknown[]
  readonly tokens?: TokenUsageInput
  /** Such as "web_search 2" or "image/medium-1024x1024 1". */
  readonly units?: readonly string[]
  /** Defaults to the model of the response; null if it has none. */
  readonly model?: string | null
  readonly reportedCost?: string
  readonly attempts?: readonly { readonly model: string | null; readonly tokens: TokenUsageInput; readonly units?: readonly string[] }[]
}

/** Tests that each response is read as its table says, for each of its providers. */
export function describeReadings(title: string, readings: readonly Reading[]): void {
  describe(title, () => {
    describe.each(readings)('$name', reading => {
      it.each(reading.providers)('from %s', provider => {
        expect(summary(read(reading, provider))).toEqual(expected(reading))
      })
    })
  })
}

function read({ response, events, apiFlavor }: Reading, provider: string): ExtractedUsage {
  return events ? extractStreamedTokenUsage({ provider, events, apiFlavor }) : extractTokenUsage({ provider, response, apiFlavor })
}

function summary({ model, tokens, units, attempts, ...rest }: ExtractedUsage) {
  return {
    ...rest,
    model,
    tokens,
    units: unitTexts(units),
    ...(attempts && { attempts: attempts.map(attempt => ({ model: attempt.model, tokens: attempt.tokens, units: unitTexts(attempt.units) })) }),
  }
}

function expected({ model, tokens = {}, units = [], attempts, response, serviceTier, speed, region, reportedCost }: Reading) {
  return {
    model: model ?? (response as { model?: string } | undefined)?.model ?? null,
    tokens: completeTokenUsage(tokens),
    units,
    ...(serviceTier !== undefined && { serviceTier }),
    ...(speed !== undefined && { speed }),
    ...(region !== undefined && { region }),
    ...(reportedCost !== undefined && { reportedCost }),
    ...(attempts && { attempts: attempts.map(attempt => ({ model: attempt.model, tokens: completeTokenUsage(attempt.tokens), units: attempt.units ?? [] })) }),
  }
}

function unitTexts(units: ExtractedUsage['units']): readonly string[] {
  return units.map(({ kind, variant, quantity }) => `${kind}${variant === undefined ? '' : `/${variant}`} ${quantity}`)
}

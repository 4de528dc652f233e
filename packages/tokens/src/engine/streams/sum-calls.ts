import type { ExtractedUsage, ModelUsage } from '../../model/extracted-usage.ts'
import { addTokenUsage, totalTokens } from '../../model/token-usage.ts'
import { addDecimals } from '../decimal-text.ts'
import { sumUnits } from '../sum-units.ts'

/**
 * Sums the calls of a stream, such as the turns of a realtime session: one call at least. Calls of another model than the
 * first, or served in another way, become attempts, because they have prices of their own.
 */
export function sumCalls(all: readonly ExtractedUsage[]): ExtractedUsage {
  const used = all.filter(call => totalTokens(call.tokens) > 0 || call.units.length > 0)
  const calls = used.length > 0 ? used : all.slice(0, 1)
  const [first, ...others] = calls
  if (first === undefined) throw new RangeError('there are no calls to sum')
  if (others.length === 0) return first
  const alike = calls.filter(call => priceKey(call) === priceKey(first))
  const attempts = calls.flatMap(call => [...(priceKey(call) === priceKey(first) ? [] : [asAttempt(call)]), ...(call.attempts ?? [])])
  const { model, serviceTier, speed, region } = first
  const cost = alike.map(call => call.reportedCost).reduce((sum, reported) => (sum === undefined ? undefined : addDecimals(sum, reported)))
  return {
    model,
    tokens: addTokenUsage(alike.map(({ tokens }) => tokens)),
    units: sumUnits(alike.flatMap(({ units }) => units)),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(speed === undefined ? {} : { speed }),
    ...(region === undefined ? {} : { region }),
    ...(attempts.length === 0 ? {} : { attempts }),
    ...(cost === undefined ? {} : { reportedCost: cost }),
  }
}

function priceKey({ model, serviceTier, speed, region }: ModelUsage): string {
  return JSON.stringify([model, serviceTier, speed, region])
}

function asAttempt({ attempts: _inner, reportedCost: _cost, ...call }: ExtractedUsage): ModelUsage {
  return call
}

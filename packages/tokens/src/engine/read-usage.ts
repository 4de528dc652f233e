import type { ExtractedUsage } from '../model/extracted-usage.ts'
import { TokenUsageUnreadable } from '../model/token-usage-unreadable.ts'
import { type NestedBody, nestedBodies } from './nested-bodies.ts'
import { isObject } from '../model/is-object.ts'
import { readObject, readText } from './read-fields.ts'
import { servedAs } from './served-as.ts'
import { sumUnits } from './sum-units.ts'
import { toTokenUsage } from './to-token-usage.ts'
import { USAGE_FORMATS } from './usage-formats.ts'
import type { UsageReading } from './usage-format.ts'

/** Who sent a response. */
export interface ResponseOrigin {
  readonly provider: string
  readonly apiFlavor?: string | undefined
}

/** Reads the usage of a response in any known format. Throws `TokenUsageUnreadable`. */
export function readUsage(response: unknown, { provider, apiFlavor }: ResponseOrigin): ExtractedUsage {
  if (!isObject(response)) throw new TokenUsageUnreadable(provider, `it must be an object, not ${describe(response)}`)
  // A usage object alone is read as that of a response that says nothing else.
  const alone: NestedBody = { body: { usage: response, usageMetadata: response }, model: null, isBatch: false }
  for (const nested of [...nestedBodies(response), alone]) {
    const { body, model } = nested
    for (const format of USAGE_FORMATS) {
      const reading = format(body, { provider, apiFlavor, model })
      if (reading) return completeUsage(reading, { nested, provider })
    }
  }
  throw new TokenUsageUnreadable(provider, 'it has no usage, or usage in an unknown format')
}

function completeUsage(
  reading: UsageReading,
  { nested: { body, model, isBatch }, provider }: { readonly nested: NestedBody; readonly provider: string },
): ExtractedUsage {
  const { counts = {}, units = [], attempts = [], reportedCost } = reading
  // A format without tiers of its own may still name one, in the fields that most providers use.
  const serviceTier = reading.serviceTier ?? readText(body, 'service_tier') ?? readText(readObject(body, 'usage'), 'service_tier')
  const served = servedAs({ ...reading, serviceTier: isBatch ? 'batch' : serviceTier })
  return {
    model: reading.model ?? model,
    tokens: toTokenUsage(provider, counts),
    units: sumUnits(units),
    ...served,
    ...(attempts.length === 0 ? {} : { attempts: isBatch ? attempts.map(attempt => ({ ...attempt, ...served })) : attempts }),
    ...(reportedCost === undefined ? {} : { reportedCost }),
  }
}

function describe(response: unknown): string {
  if (Array.isArray(response)) return 'a list; the events of a stream are read by extractStreamedTokenUsage'
  return response === null || response === undefined ? String(response) : `a ${typeof response}`
}

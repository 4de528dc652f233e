import { geminiCounts } from '../google/gemini-counts.ts'
import { geminiUnits } from '../google/gemini-units.ts'
import { readObject, readText } from '../read-fields.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Gemini's content generation, embeddings and live sessions, on Google's own API and Vertex. The Python SDK writes its fields in snake case. */
export const gemini: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usageMetadata', 'usage_metadata')
  const counts = usage && geminiCounts(usage, call)
  if (usage === undefined || counts === undefined) return undefined
  return {
    counts,
    units: geminiUnits(body, call),
    serviceTier: serviceTier(usage),
  }
}

/** Vertex's traffic type or the Gemini API's service tier. If a response has both, the one that says more than "on demand". */
function serviceTier(usage: object): string | undefined {
  const tier = readText(usage, 'serviceTier', 'service_tier')
  const traffic = readText(usage, 'trafficType', 'traffic_type')
  return traffic === undefined || traffic === 'ON_DEMAND' ? (tier ?? traffic) : traffic
}

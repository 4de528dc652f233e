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
    serviceTier: readText(usage, 'trafficType', 'traffic_type') ?? readText(usage, 'serviceTier', 'service_tier'),
  }
}

import type { ModelUsage } from '../../model/extracted-usage.ts'
import { imageCounts } from './image-counts.ts'
import { imageToolUsage } from './image-tool-usage.ts'
import { readField, readList, readText } from '../read-fields.ts'
import { toTokenUsage } from '../to-token-usage.ts'

/** Reads the call of the image model behind the image tool of a response. Its tokens are not in those of the response. */
export function imageToolAttempts(body: object, source: string): readonly ModelUsage[] {
  const usage = imageToolUsage(body)
  if (usage === undefined) return []
  const tool = readList(body, 'tools').find(candidate => readField(candidate, 'type') === 'image_generation')
  const model = readText(tool, 'model') ?? null
  const counts = imageCounts(usage, { provider: source, model })
  return counts === undefined ? [] : [{ model, tokens: toTokenUsage(source, counts), units: [] }]
}

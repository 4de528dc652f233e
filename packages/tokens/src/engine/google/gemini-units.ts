import type { UsageUnit } from '../../model/usage-unit.ts'
import { groundingUnits } from './grounding-units.ts'
import { readFirst, readList } from '../read-fields.ts'
import type { ProviderCall } from '../usage-format.ts'

/** Reads the searches that grounded an answer, from its candidates. */
export function geminiUnits(body: object, call: ProviderCall): readonly UsageUnit[] {
  const groundings = readList(body, 'candidates').map(candidate => readFirst(candidate, ['groundingMetadata', 'grounding_metadata']))
  const listed = (...names: readonly string[]) => groundings.flatMap(grounding => readList(grounding, ...names))
  const chunks = listed('groundingChunks', 'grounding_chunks')
  const has = (name: string) => chunks.some(chunk => readFirst(chunk, [name]) !== undefined)
  return groundingUnits({ queries: listed('webSearchQueries', 'web_search_queries'), hasWeb: has('web'), hasMaps: has('maps') }, call)
}

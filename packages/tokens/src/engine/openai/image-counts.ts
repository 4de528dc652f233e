import type { InclusiveCounts } from '../inclusive-counts.ts'
import { openAiCounts } from './openai-counts.ts'
import type { ProviderCall } from '../usage-format.ts'
import { isObject } from '../../model/is-object.ts'
import { readFirst } from '../read-fields.ts'

/** Reads the usage of OpenAI's image models. Output is images, unless the response says how much of it is text. */
export function imageCounts(usage: object, call: ProviderCall): InclusiveCounts | undefined {
  const counts = openAiCounts(usage, call)
  const isDetailed = isObject(readFirst(usage, ['output_tokens_details', 'output_token_details'])) && counts?.imageOutput !== undefined
  return counts && !isDetailed ? { ...counts, imageOutput: counts.output } : counts
}

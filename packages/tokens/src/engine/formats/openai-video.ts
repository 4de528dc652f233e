import { readField, readText } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** OpenAI's videos: a finished job bills seconds, by size. */
export const openAiVideo: UsageFormat = (body, call) => {
  if (readField(body, 'object') !== 'video' || readField(body, 'status') !== 'completed') return undefined
  return { units: units(call.provider, { kind: 'video_second', quantity: readField(body, 'seconds'), variant: readText(body, 'size') }) }
}

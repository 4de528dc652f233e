import { imageCounts } from '../openai/image-counts.ts'
import { imageVariant } from '../openai/image-variant.ts'
import { modelModality } from '../model-modality.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { units } from '../read-units.ts'
import { reportedCost } from '../reported-cost.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Types of the events that end the stream of an image. */
const COMPLETED = new Set<unknown>(['image_generation.completed', 'image_edit.completed'])

/**
 * OpenAI's images, generated or edited, and the same endpoint of Azure, xAI and Together. GPT models bill tokens. Others bill
 * images, by quality and size.
 */
export const openAiImages: UsageFormat = (body, call) => {
  const images = readList(body, 'data')
  const usage = readObject(body, 'usage')
  const isImages =
    call.apiFlavor === 'images' ||
    COMPLETED.has(readField(body, 'type')) ||
    images.some(image => ['b64_json', 'url'].some(name => readField(image, name) !== undefined)) ||
    (readField(body, 'created') !== undefined && Array.isArray(readField(body, 'data')) && readField(body, 'object') === undefined) ||
    hasImageDetails(body, usage) ||
    (modelModality(call.model) === 'image' && readField(usage, 'input_tokens') !== undefined && readField(body, 'output') === undefined)
  if (!isImages) return undefined
  const counts = usage && imageCounts(usage, call)
  if (counts === undefined && images.length === 0) return undefined
  return {
    counts,
    units: counts ? [] : units(call.provider, { kind: 'image', quantity: images.length, variant: imageVariant(body) }),
    serviceTier: readText(body, 'service_tier'),
    reportedCost: usage && reportedCost(usage),
  }
}

/** Recognises usage that was kept without its images: no other endpoint counts text and images under these names. */
function hasImageDetails(body: object, usage: object | undefined): boolean {
  const details = readObject(usage, 'input_tokens_details')
  const isResponse = readField(body, 'output') !== undefined || readField(body, 'object') === 'response'
  const reasons = readField(readObject(usage, 'output_tokens_details'), 'reasoning_tokens') !== undefined
  return !isResponse && !reasons && ['image_tokens', 'text_tokens'].every(name => typeof readField(details, name) === 'number')
}

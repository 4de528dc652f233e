import { readField, readList, readText } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Lists of generated images: of Imagen on Vertex and in Google's SDKs, of Titan, Nova and Stability on Bedrock, of fal. */
const LISTS = ['predictions', 'generatedImages', 'generated_images', 'images', 'artifacts']

/** Fields that one of them has. */
const FIELDS = ['bytesBase64Encoded', 'image', 'base64', 'url']

/** Images without a usage object, which are billed each. fal says their size. */
export const generatedImages: UsageFormat = (body, { provider }) => {
  const images = LISTS.flatMap(name => readList(body, name)).filter(isImage)
  return images.length === 0 ? undefined : { units: images.flatMap(image => units(provider, { kind: 'image', quantity: 1, variant: sizeOf(image) })) }
}

function isImage(image: unknown): boolean {
  return (typeof image === 'string' && image.length > 0) || FIELDS.some(name => readField(image, name) !== undefined)
}

function sizeOf(image: unknown): string | undefined {
  const [width, height] = [readField(image, 'width'), readField(image, 'height')]
  return typeof width === 'number' && typeof height === 'number' && readText(image, 'url') !== undefined ? `${width}x${height}` : undefined
}

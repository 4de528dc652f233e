import { readText } from '../read-fields.ts'

/** Returns the quality and size that the price of an image depends on, such as "medium-1024x1024". Undefined if one is unknown. */
export function imageVariant(image: unknown): string | undefined {
  const quality = readText(image, 'quality')
  const size = readText(image, 'size')
  return quality === undefined || size === undefined || quality === 'auto' || size === 'auto' ? undefined : `${quality}-${size}`
}

import type { Price } from './price.ts'
import { sha256 } from './sha256.ts'

/**
 * Returns an id derived from the contents of a price: the same in every process, and different if anything about the
 * price differs, so that an import adds only what changed. Up to 130 characters.
 */
export function contentId(prefix: string, price: Omit<Price, 'id' | 'publishedAt'>): string {
  const digest = sha256(JSON.stringify(price)).slice(0, 16)
  return `${prefix}:${price.provider}/${price.model.slice(0, 80)}:${digest}`
}

import { readCount, readField, readFirst } from '../read-fields.ts'

/** Numbers of tokens that are not text. */
export interface Modalities {
  readonly audio: number | undefined
  readonly image: number | undefined
  readonly video: number | undefined
  /** Whether there are no numbers at all, not even of text. */
  readonly isEmpty: boolean
}

/** Reads Google's lists of tokens by modality, such as `[{ modality: 'AUDIO', tokenCount: 25 }]`. Documents are images. */
export function readModalities(details: readonly unknown[], source: string): Modalities {
  const sums = new Map<string, number>()
  for (const detail of details) {
    const modality = String(readField(detail, 'modality')).toLowerCase()
    const tokens = readCount(readFirst(detail, ['tokenCount', 'token_count', 'tokens']), 'tokenCount', source) ?? 0
    const pool = modality === 'document' ? 'image' : modality
    sums.set(pool, (sums.get(pool) ?? 0) + tokens)
  }
  return { audio: sums.get('audio'), image: sums.get('image'), video: sums.get('video'), isEmpty: sums.size === 0 }
}

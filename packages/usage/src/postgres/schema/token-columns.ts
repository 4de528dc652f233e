import type { FrequentTokenPool } from '@tollgate/tokens'

/** The column of each token pool, in events and rollups. */
export const TOKEN_COLUMNS: Readonly<Record<FrequentTokenPool, string>> = {
  input: 'input_tokens',
  output: 'output_tokens',
  cacheRead: 'cache_read_tokens',
  cacheWrite5m: 'cache_write_5m_tokens',
  cacheWrite1h: 'cache_write_1h_tokens',
  reasoning: 'reasoning_tokens',
  audioInput: 'audio_input_tokens',
  audioOutput: 'audio_output_tokens',
  imageInput: 'image_input_tokens',
  imageOutput: 'image_output_tokens',
}

import { countReader, sumCounts } from '../count-reader.ts'
import type { InclusiveCounts } from '../inclusive-counts.ts'
import { modelModality } from '../model-modality.ts'
import { readList } from '../read-fields.ts'
import { type Modalities, readModalities } from './read-modalities.ts'
import { reconcileTotal } from '../reconcile-total.ts'
import type { ProviderCall } from '../usage-format.ts'

/**
 * Reads Gemini's usage metadata. The prompt includes the cache. Candidates exclude thoughts, and the prompt excludes the
 * prompts of tools, unless the total says otherwise. Documents count as images. Undefined if it has no prompt.
 */
export function geminiCounts(usage: object, { provider, model }: ProviderCall): InclusiveCounts | undefined {
  const counts = countReader(usage, provider)
  const prompt = counts.first('promptTokenCount', 'prompt_token_count')
  if (prompt === undefined) return undefined
  const details = (...names: readonly string[]) => readModalities(readList(usage, ...names), provider)
  const candidates = counts.first('candidatesTokenCount', 'candidates_token_count', 'responseTokenCount', 'response_token_count') ?? 0
  const toolPrompt = counts.first('toolUsePromptTokenCount', 'tool_use_prompt_token_count') ?? 0
  const thoughts = counts.first('thoughtsTokenCount', 'thoughts_token_count') ?? 0
  const total = counts.first('totalTokenCount', 'total_token_count')
  const includesToolPrompt = total !== undefined && total === prompt + candidates + thoughts
  const whole = reconcileTotal({ input: prompt + (includesToolPrompt ? 0 : toolPrompt), output: candidates + thoughts, cached: 0, reasoning: thoughts, total })
  const inputs = details('promptTokensDetails', 'prompt_tokens_details', 'promptTokenDetails')
  const tools = details('toolUsePromptTokensDetails', 'tool_use_prompt_tokens_details')
  const cached = details('cacheTokensDetails', 'cache_tokens_details')
  const outputs = details('candidatesTokensDetails', 'candidates_tokens_details', 'responseTokensDetails', 'response_tokens_details')
  return {
    ...whole,
    cacheRead: counts.first('cachedContentTokenCount', 'cached_content_token_count'),
    cacheReadAudio: cached.audio,
    cacheReadImage: cached.image,
    cacheReadVideo: cached.video,
    audioInput: sumCounts(inputs.audio, tools.audio),
    imageInput: sumCounts(inputs.image, tools.image),
    videoInput: sumCounts(inputs.video, tools.video),
    ...outputModalities(outputs, { candidates, model }),
  }
}

function outputModalities({ audio, image, video, isEmpty }: Modalities, { candidates, model }: { readonly candidates: number; readonly model: string | null }) {
  if (!isEmpty) return { audioOutput: audio, imageOutput: image, videoOutput: video }
  // Without details, the output is what the model makes.
  const modality = modelModality(model)
  return { audioOutput: modality === 'audio' ? candidates : undefined, imageOutput: modality === 'image' ? candidates : undefined }
}

import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { cacheWritesByLifetime } from '../cache-writes.ts'
import { countReader, type CountReader, sumCounts } from '../count-reader.ts'
import type { InclusiveCounts } from '../inclusive-counts.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readObject } from '../read-fields.ts'
import { readDetails } from './read-details.ts'
import { reconcileTotal } from '../reconcile-total.ts'
import type { ProviderCall } from '../usage-format.ts'
import { isPlainSonar } from './is-plain-sonar.ts'

// The same fields under the names of OpenAI's chat and responses, of its realtime and audio APIs (singular), and of SDKs in camel case.
const INPUT_DETAILS = [
  'prompt_tokens_details',
  'input_tokens_details',
  'input_token_details',
  'prompt_token_details',
  'promptTokensDetails',
  'inputTokensDetails',
]
const OUTPUT_DETAILS = [
  'completion_tokens_details',
  'output_tokens_details',
  'output_token_details',
  'completion_token_details',
  'completionTokensDetails',
  'outputTokensDetails',
]

/** Names of cache reads beside the totals, by provider. All of them are parts of the input. */
const CACHE_READS = [
  'cached_tokens', // Moonshot, Together, Hugging Face
  'prompt_cache_hit_tokens', // DeepSeek
  'num_cached_tokens', // Mistral
  'cached_input_tokens', // Codex
  'cached_prompt_text_tokens', // xAI, earlier
  'cache_read_input_tokens', // Claude behind OpenAI-compatible gateways
  'cache_read_tokens',
]
const CACHE_READ_DETAILS = ['cached_tokens', 'cache_read_tokens', 'cache_read_input_tokens', 'cache_read', 'cachedTokens']
const CACHE_WRITES = ['cache_write_tokens', 'cache_creation_tokens', 'cache_creation_input_tokens', 'cache_write_input_tokens']
const CACHE_WRITE_DETAILS = [...CACHE_WRITES, 'cacheWriteTokens']
const LIFETIMES = ['cache_creation', 'cache_creation_token_details']
/** Names of audio, images and video beside the totals, which are parts of them. */
const AUDIO_INPUTS = ['audio_prompt_tokens', 'prompt_audio_tokens', 'input_audio_tokens']
const IMAGE_INPUTS = ['prompt_image_tokens', 'image_tokens']
const AUDIO_OUTPUTS = ['output_audio_tokens']
const CACHED_AUDIO = 'cache_audio_read_tokens' // Pydantic AI
/** All names of parts beside the totals. DeepSeek's misses are the rest of the input. */
const KNOWN_PARTS = new Set([
  ...CACHE_READS,
  ...CACHE_WRITES,
  'prompt_cache_miss_tokens',
  ...AUDIO_INPUTS,
  ...IMAGE_INPUTS,
  ...AUDIO_OUTPUTS,
  CACHED_AUDIO,
  'video_tokens',
])
/** What has prices of its own. */
const PRICED_APART = /cache|audio|image|video/i

/**
 * Reads the `usage` object of OpenAI and of the many providers that copied its format, whatever they call the cache. Undefined
 * if it has neither input nor output. Throws `TokenUsageUnreadable` for a count of cached tokens, audio, images or video by an
 * unknown name: it would be charged at the price of text.
 */
export function openAiCounts(usage: object, { provider, model }: ProviderCall): InclusiveCounts | undefined {
  const counts = countReader(usage, provider)
  const input = counts.first('prompt_tokens', 'input_tokens', 'promptTokens', 'inputTokens')
  const output = counts.first('completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens')
  if (input === undefined && output === undefined) return undefined
  if (input === undefined) throw new TokenUsageUnreadable(provider, 'its usage has output tokens, but no prompt_tokens or input_tokens')
  rejectUnknownParts(usage, provider)

  const inputDetails = readDetails(usage, INPUT_DETAILS, provider)
  const outputDetails = readDetails(usage, OUTPUT_DETAILS, provider)
  const cache = cacheCounts(usage, inputDetails, provider)
  const reasoning = Math.max(
    countReader(outputDetails, provider).largest('reasoning_tokens', 'reasoning', 'thinking_tokens', 'reasoningTokens') ?? 0,
    counts.largest('reasoning_tokens', 'reasoning_output_tokens') ?? 0,
  )
  // Perplexity's deep research counts citations and reasoning in neither total. It bills citations as input; other models do not bill them.
  const isResearch = !isPlainSonar(model) && counts.first('citation_tokens', 'num_search_queries') !== undefined
  const citations = isResearch ? (counts.first('citation_tokens') ?? 0) : 0
  const whole = reconcileTotal({
    input: input + citations + connectorTokens(counts, input + (output ?? 0)),
    output: output ?? 0,
    cached: (cache.cacheRead ?? 0) + (cache.cacheWrite ?? 0),
    reasoning,
    // The audio that Mistral bills by the second is in the total only.
    total: isResearch || hasAudioSeconds(usage) ? undefined : counts.first('total_tokens', 'totalTokens'),
    excludesReasoning: isResearch || (isXai(provider, model) && counts.first('prompt_tokens') !== undefined),
  })
  return { ...cache, ...inputModalities(counts, inputDetails, provider), ...outputModalities(counts, outputDetails, provider), ...whole }
}

function cacheCounts(usage: object, details: object | undefined, provider: string): InclusiveCounts {
  const counts = countReader(usage, provider)
  const detailCounts = countReader(details, provider)
  const cacheRead = Math.max(detailCounts.largest(...CACHE_READ_DETAILS) ?? 0, counts.largest(...CACHE_READS) ?? 0)
  const byLifetime = readObject(details, ...LIFETIMES) ?? readObject(usage, ...LIFETIMES) ?? langChainLifetimes(details)
  // LangChain's `cache_creation` is a count where Anthropic's is an object.
  const created = isObject(readField(details, 'cache_creation')) ? undefined : detailCounts.first('cache_creation')
  const cacheWrite = Math.max(detailCounts.largest(...CACHE_WRITE_DETAILS) ?? 0, counts.largest(...CACHE_WRITES) ?? 0, created ?? 0)
  const cached = countReader(readObject(details, 'cached_tokens_details'), provider)
  return {
    cacheRead,
    cacheReadAudio: cached.first('audio_tokens') ?? counts.first(CACHED_AUDIO),
    cacheReadImage: cached.first('image_tokens'),
    cacheReadVideo: cached.first('video_tokens'),
    ...cacheWritesByLifetime(byLifetime, cacheWrite, provider),
  }
}

/** LangChain's lifetimes of cache writes, which are details of the input: `ephemeral_1h_input_tokens`. */
function langChainLifetimes(details: object | undefined): object | undefined {
  const lifetimes = Object.entries(details ?? {}).filter(([name]) => name.startsWith('ephemeral_'))
  return lifetimes.length === 0 ? undefined : Object.fromEntries(lifetimes)
}

function inputModalities(counts: CountReader, details: object | undefined, provider: string): InclusiveCounts {
  const detailCounts = countReader(details, provider)
  return {
    audioInput: detailCounts.first('audio_tokens', 'audio', 'audioTokens') ?? counts.first(...AUDIO_INPUTS),
    imageInput: sumCounts(detailCounts.first('image_tokens', 'image'), detailCounts.first('document')) ?? counts.first(...IMAGE_INPUTS),
    videoInput: detailCounts.first('video_tokens', 'video', 'videoTokens') ?? counts.first('video_tokens'),
  }
}

function outputModalities(counts: CountReader, details: object | undefined, provider: string): InclusiveCounts {
  const detailCounts = countReader(details, provider)
  return {
    audioOutput: detailCounts.first('audio_tokens', 'audio', 'audioTokens') ?? counts.first(...AUDIO_OUTPUTS),
    imageOutput: detailCounts.first('image_tokens', 'image', 'imageTokens'),
    videoOutput: detailCounts.first('video_tokens', 'video'),
  }
}

function hasAudioSeconds(usage: object): boolean {
  const seconds = readField(usage, 'prompt_audio_seconds')
  return typeof seconds === 'number' && seconds > 0
}

/** Tokens of Mistral's connectors are input that is in neither total, but in the total of all tokens. */
function connectorTokens(counts: CountReader, others: number): number {
  return counts.first('total_tokens') === others ? 0 : (counts.first('connector_tokens') ?? 0)
}

function rejectUnknownParts(usage: object, provider: string): void {
  for (const [name, value] of Object.entries(usage)) {
    if (typeof value === 'number' && value > 0 && PRICED_APART.test(name) && /tokens?(_?count)?$/i.test(name) && !KNOWN_PARTS.has(name)) {
      throw new TokenUsageUnreadable(provider, `it has ${value} ${name} in its usage, which may be part of its totals or not`)
    }
  }
}

/** xAI's chat counts reasoning beside its completion tokens. */
function isXai(provider: string, model: string | null): boolean {
  return /^x-?ai\b|\bgrok/i.test(`${provider} ${model ?? ''}`)
}

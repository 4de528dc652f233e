import { type ExtractedUsage, extractTokenUsage } from '@tollgate/tokens'
import { estimateRequestTokens, estimateTextTokens } from '../estimate-tokens.ts'
import type { CallEstimate } from '../metered-call.ts'
import { type GeminiResponse, geminiText } from './gemini-response.ts'

/** A method that calls a model once. */
export interface GoogleMethod {
  readonly name: string
  readonly operation: string
  readonly streams?: boolean
  /** Reads the usage of a response. May throw. */
  usage(response: unknown): ExtractedUsage
  /** Returns what to record if there is none. */
  estimate(request: unknown, response: unknown): CallEstimate
}

const PROVIDER = 'google'

const usage = (response: unknown) => extractTokenUsage({ provider: PROVIDER, response })

const estimateContent = (request: unknown, response: unknown): CallEstimate => ({
  tokens: { input: estimateRequestTokens(request), output: Math.ceil(estimateTextTokens(geminiText(response as GeminiResponse))) },
})

/** Embeddings, as far as metering reads them. On Vertex, each says its tokens. */
interface Embedded {
  readonly embeddings?: readonly { readonly statistics?: { readonly tokenCount?: number } }[]
  readonly usageMetadata?: unknown
}

function embeddingUsage(response: unknown): ExtractedUsage {
  const { embeddings = [], usageMetadata } = response as Embedded
  if (usageMetadata !== undefined) return usage(response)
  const promptTokenCount = embeddings.reduce((total, { statistics }) => total + (statistics?.tokenCount ?? 0), 0)
  return usage({ usageMetadata: { promptTokenCount } })
}

const images = { operation: 'image_generation', usage, estimate: () => ({}) }

/** Methods inside `models`, each of which sends one request: those that callers see may send several, to continue and to call functions. */
export const GOOGLE_METHODS: readonly GoogleMethod[] = [
  { name: 'generateContentInternal', operation: 'chat', usage, estimate: estimateContent },
  { name: 'generateContentStreamInternal', operation: 'chat', streams: true, usage, estimate: estimateContent },
  {
    name: 'embedContentInternal',
    operation: 'embeddings',
    usage: embeddingUsage,
    estimate: request => ({ tokens: { input: estimateRequestTokens(request) } }),
  },
  { name: 'generateImagesInternal', ...images },
  { name: 'editImageInternal', ...images },
  { name: 'upscaleImageInternal', ...images },
]

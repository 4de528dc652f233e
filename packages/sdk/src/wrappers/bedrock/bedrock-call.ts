import type { CallRequest } from '../metered-call.ts'
import { parsedBody } from './parsed-body.ts'

/** Input of a command, as far as metering reads it. */
export interface BedrockInput {
  readonly modelId?: string
  readonly messages?: unknown
  readonly system?: unknown
  readonly toolConfig?: unknown
  readonly inferenceConfig?: { readonly maxTokens?: number }
  readonly body?: unknown
}

/** Commands that call a model. */
export const CONVERSE_COMMANDS: ReadonlySet<string> = new Set(['ConverseCommand', 'ConverseStreamCommand'])
export const INVOKE_COMMANDS: ReadonlySet<string> = new Set(['InvokeModelCommand', 'InvokeModelWithResponseStreamCommand'])

/** Names of the limit of output tokens: of Claude and Mistral, Nova, Llama, Titan. */
const LIMITS = ['max_tokens', 'max_completion_tokens', 'max_gen_len', 'maxTokens', 'maxTokenCount']

/** What models do, by what their names contain. Others chat. */
const OPERATIONS: readonly (readonly [name: RegExp, operation: string])[] = [
  [/embed/, 'embeddings'],
  [/rerank/, 'rerank'],
  [/image|canvas|stability\./, 'image_generation'],
]

/** Returns what a command does. */
export function bedrockOperation({ modelId = '' }: BedrockInput): string {
  return OPERATIONS.find(([name]) => name.test(modelId))?.[1] ?? 'chat'
}

/** Returns what a command sends. The body is parsed only if something reads it, because it can be large. */
export function bedrockRequest(input: BedrockInput): CallRequest {
  const { modelId, messages, system, toolConfig, inferenceConfig, body } = input
  if (body === undefined) return { model: modelId, maxOutputTokens: inferenceConfig?.maxTokens, request: { messages, system, toolConfig } }
  return {
    model: modelId,
    get maxOutputTokens() {
      const parsed = parsedBody(body)
      const places = [parsed, parsed['inferenceConfig'], parsed['textGenerationConfig']] as readonly (Readonly<Record<string, unknown>> | undefined)[]
      return places.flatMap(place => LIMITS.map(name => place?.[name])).find(limit => typeof limit === 'number')
    },
    get request() {
      return parsedBody(body)
    },
  }
}

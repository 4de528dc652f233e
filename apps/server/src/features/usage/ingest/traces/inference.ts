import type { Attributes } from './span.ts'

/** Operations of the conventions that call a model, and names that instrumentations use for them. */
const INFERENCE: Readonly<Record<string, string>> = {
  chat: 'chat',
  text_completion: 'text_completion',
  completion: 'text_completion',
  generate_content: 'generate_content',
  embeddings: 'embeddings',
  embedding: 'embeddings',
}

/** What a span of the Vercel AI SDK measures, by the end of its operation id. Its outer spans repeat the counts of these. */
const AI_SDK: readonly (readonly [suffix: string, operation: string])[] = [
  ['.doGenerate', 'chat'],
  ['.doStream', 'chat'],
  ['.doEmbed', 'embeddings'],
]

/**
 * Returns the operation of a span that calls a model: "chat", "text_completion", "generate_content" or "embeddings". Undefined for
 * all others: spans of agents, workflows and tools repeat the counts of the calls inside of them. A span says what it is by the
 * conventions of OpenTelemetry, OpenInference, the Vercel AI SDK or OpenLLMetry, in this order. One that says nothing is
 * a call if it names a model of a provider.
 */
export function inferenceOf(attributes: Attributes): string | undefined {
  const operation = attributes['gen_ai.operation.name']
  if (operation !== undefined) return namedOperation(operation)
  const kind = attributes['openinference.span.kind']
  if (kind !== undefined) return kind === 'LLM' ? 'chat' : kind === 'EMBEDDING' ? 'embeddings' : undefined
  const aiSdk = attributes['ai.operationId']
  if (typeof aiSdk === 'string') return AI_SDK.find(([suffix]) => aiSdk.endsWith(suffix))?.[1]
  const type = attributes['llm.request.type']
  if (type !== undefined) return namedOperation(type)
  if (attributes['traceloop.span.kind'] !== undefined || attributes['gen_ai.agent.name'] !== undefined || attributes['gen_ai.tool.name'] !== undefined)
    return undefined
  const isCall = MODELS.some(name => attributes[name] !== undefined) && PROVIDERS.some(name => attributes[name] !== undefined)
  return isCall ? 'chat' : undefined
}

const MODELS = ['gen_ai.request.model', 'gen_ai.response.model']
const PROVIDERS = ['gen_ai.provider.name', 'gen_ai.system']

function namedOperation(name: unknown): string | undefined {
  return typeof name === 'string' && Object.hasOwn(INFERENCE, name) ? INFERENCE[name] : undefined
}

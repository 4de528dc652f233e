import type { StreamReader } from '../meter-stream.ts'
import { textOf } from '../text-of.ts'

/** An event of ConverseStream, as far as metering reads it. */
interface ConverseEvent {
  readonly contentBlockDelta?: { readonly delta?: unknown }
  readonly metadata?: unknown
}

/** Events of ConverseStream. The last one has the usage. */
export const converseEvents: StreamReader<ConverseEvent> = {
  output: ({ contentBlockDelta }) => textOf(contentBlockDelta?.delta),
  hasUsage: ({ metadata }) => metadata !== undefined,
  isFinal: ({ metadata }) => metadata !== undefined,
}

/** An event of a model through InvokeModelWithResponseStream, in the format of its maker. */
export interface ModelEvent {
  readonly type?: string
  /** Claude. */
  readonly delta?: Readonly<Record<'text' | 'thinking' | 'partial_json', unknown>>
  /** Nova. */
  readonly contentBlockDelta?: { readonly delta?: unknown }
  /** Llama, Titan, Cohere. */
  readonly generation?: unknown
  readonly outputText?: unknown
  readonly text?: unknown
  /** Mistral, OpenAI's open models, DeepSeek. */
  readonly outputs?: readonly { readonly text?: unknown }[]
  readonly choices?: readonly { readonly delta?: unknown; readonly message?: unknown; readonly text?: unknown }[]
  readonly metadata?: unknown
  readonly usage?: unknown
}

/** What Bedrock adds to the last event of any model. */
const METRICS = 'amazon-bedrock-invocationMetrics'

/** Events of models. Claude starts with the input, caches included; Bedrock adds the counts of input and output to the last event. */
export const modelEvents: StreamReader<ModelEvent> = {
  output: ({ delta, contentBlockDelta, generation, outputText, text, outputs = [], choices = [] }) =>
    textOf(delta?.text, delta?.thinking, delta?.partial_json, contentBlockDelta?.delta, generation, outputText, text) +
    textOf(...outputs.map(output => output.text), ...choices.flatMap(choice => [choice.delta, choice.message, choice.text])),
  hasUsage: event =>
    event.type === 'message_start' || event.type === 'message_delta' || Boolean(event.metadata ?? event.usage) || Object.hasOwn(event, METRICS),
  isFinal: event => event.type === 'message_delta' || Boolean(event.metadata) || Object.hasOwn(event, METRICS),
}

import type { MeteredApi } from '../meter-client.ts'
import type { StreamReader } from '../meter-stream.ts'
import { textOf } from '../text-of.ts'

/** A part of a stream of messages, as far as metering reads it. */
interface MessageEvent {
  readonly type?: string
  readonly delta?: Readonly<Record<'text' | 'thinking' | 'partial_json', unknown>>
}

/** The first event has the input, and the last but one the output: each field is a running total. */
const messageEvents: StreamReader<MessageEvent> = {
  output: ({ type, delta }) => (type === 'content_block_delta' ? textOf(delta?.text, delta?.thinking, delta?.partial_json) : ''),
  hasUsage: ({ type }) => type === 'message_start' || type === 'message_delta',
  isFinal: ({ type }) => type === 'message_delta',
}

const messages: MeteredApi = {
  operation: 'chat',
  apiFlavor: 'anthropic',
  stream: messageEvents,
  output: response => textOf((response as { content?: unknown } | null)?.content),
}

/** The metered APIs of Anthropic. */
export const ANTHROPIC_APIS: ReadonlyMap<string, MeteredApi> = new Map([['/v1/messages', messages]])

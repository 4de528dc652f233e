import { crc32 } from 'node:zlib'
import type { ProviderAnswer } from './provider-server.ts'

/** Answers with JSON. */
export function jsonAnswer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): ProviderAnswer {
  return (_request, response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/**
 * Answers with server-sent events, as OpenAI does. With `open`, the connection stays open after the last. With `named`, each is named by
 * its `type`, and no `[DONE]` follows, as Anthropic does.
 */
export function eventsAnswer(
  list: readonly object[],
  { open = false, named = false }: { readonly open?: boolean; readonly named?: boolean } = {},
): ProviderAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of list) response.write(`${named ? `event: ${(event as { type: string }).type}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
    if (!open) response.end(named ? '' : 'data: [DONE]\n\n')
  }
}

/** Answers with the chunks of a stream, as Google does, which sends no last event of its own. With `open`, the connection stays open. */
export function geminiAnswer(chunks: readonly object[], { open = false }: { readonly open?: boolean } = {}): ProviderAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\r\n\r\n`)
    if (!open) response.end()
  }
}

/** An event of a stream of Bedrock. A name that ends with "Exception" is an error. */
export type BedrockEvent = readonly [name: string, body: object]

/** Answers with the binary events of a stream, as Bedrock does. With `open`, the stream does not end. */
export function bedrockAnswer(events: readonly BedrockEvent[], { open = false }: { readonly open?: boolean } = {}): ProviderAnswer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    for (const event of events) response.write(encodeBedrockEvent(event))
    if (!open) response.end()
  }
}

/** Headers of an event are strings. */
const STRING_TYPE = 7

/** Encodes `application/vnd.amazon.eventstream`: lengths and their checksum, headers, body, and a checksum of everything. */
function encodeBedrockEvent([name, body]: BedrockEvent): Buffer {
  const isError = name.endsWith('Exception')
  const headers = Buffer.concat([
    encodeHeader(isError ? ':exception-type' : ':event-type', name),
    encodeHeader(':content-type', 'application/json'),
    encodeHeader(':message-type', isError ? 'exception' : 'event'),
  ])
  const payload = Buffer.from(JSON.stringify(body))
  const lengths = Buffer.concat([uint32(16 + headers.length + payload.length), uint32(headers.length)])
  const message = Buffer.concat([lengths, uint32(crc32(lengths)), headers, payload])
  return Buffer.concat([message, uint32(crc32(message))])
}

function encodeHeader(name: string, value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name), Buffer.from([STRING_TYPE]), length, Buffer.from(value)])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

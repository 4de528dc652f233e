import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { createTollgate, meterOpenAI, type TollgateEngine } from '@tollgate/sdk'
import OpenAI from 'openai'
import { type Benchmark, compare } from './benchmark.ts'

const CALLS = 3_000
const STREAMS = 60
const CHUNKS = 30
const MODEL = 'gpt-5-mini'
const MESSAGES = [{ role: 'user' as const, content: 'Why is the sky blue?' }]

/**
 * A metered client of OpenAI against the same client without metering, at a provider on this machine that answers at once. Calls
 * of both take turns. A chunk carries the time at which the provider has written it.
 */
export const meteredCalls: Benchmark = {
  name: 'metered-calls',
  async run() {
    const provider = createServer((request, response) => {
      request.resume()
      if (request.url?.startsWith('/stream') === true) void writeChunks(response)
      else response.writeHead(200, { 'content-type': 'application/json' }).end(COMPLETION)
    }).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
    const engine = { track: async (events: readonly unknown[]) => events.map(() => ({ outcome: 'ACCEPTED', reason: null })) } as unknown as TollgateEngine
    await using tollgate = createTollgate({ engine, delivery: 'background' })
    const clientOf = (path: string) => new OpenAI({ apiKey: 'key', baseURL: `${url}${path}`, maxRetries: 0 })

    const [bare, metered] = await takeTurns(CALLS, [clientOf('/plain'), meterOpenAI(clientOf('/plain'), tollgate)], async client => {
      const start = performance.now()
      await client.chat.completions.create({ model: MODEL, messages: MESSAGES })
      return [performance.now() - start]
    })
    const [bareChunks, meteredChunks] = await takeTurns(STREAMS, [clientOf('/stream'), meterOpenAI(clientOf('/stream'), tollgate)], chunkDelays)
    provider.close()
    return [
      compare({ name: 'metered call, p50 / bare', ours: percentile(metered, 50), peer: percentile(bare, 50), unit: 'ms', aim: { atMost: 1.25 } }),
      compare({ name: 'metered call, p99 / bare', ours: percentile(metered, 99), peer: percentile(bare, 99), unit: 'ms', aim: { atMost: 1.5 } }),
      compare({ name: 'metered chunk, p50 / bare', ours: percentile(meteredChunks, 50), peer: percentile(bareChunks, 50), unit: 'ms', aim: { atMost: 1.25 } }),
      compare({ name: 'metered chunk, p99 / bare', ours: percentile(meteredChunks, 99), peer: percentile(bareChunks, 99), unit: 'ms', aim: { atMost: 1.5 } }),
    ]
  },
}

const COMPLETION = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: MODEL,
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Rayleigh scattering. '.repeat(20) } }],
  usage: { prompt_tokens: 19, completion_tokens: 80, total_tokens: 99 },
})

/** Streams chunks, one every millisecond or two, each with the time at which it is written. */
async function writeChunks(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const write = (chunk: object) => response.write(`data: ${JSON.stringify({ id: 'chatcmpl-1', model: MODEL, ...chunk })}\n\n`)
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    write({ choices: [{ index: 0, delta: { content: String(performance.now()) } }] })
    await setTimeout(1)
  }
  write({ choices: [], usage: { prompt_tokens: 19, completion_tokens: CHUNKS } })
  response.end('data: [DONE]\n\n')
}

/** Returns how long each chunk took from the provider to the caller. */
async function chunkDelays(client: OpenAI): Promise<number[]> {
  const delays: number[] = []
  for await (const { choices } of await client.chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true })) {
    const writtenAt = choices[0]?.delta.content
    if (writtenAt !== undefined && writtenAt !== null) delays.push(performance.now() - Number(writtenAt))
  }
  return delays
}

/** Measures with two clients in turns. Returns what each measured, without the first tenth, which warms up the compiler. */
async function takeTurns(
  rounds: number,
  [first, second]: readonly [OpenAI, OpenAI],
  measure: (client: OpenAI) => Promise<number[]>,
): Promise<[number[], number[]]> {
  const measured: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const results = [await measure(first), await measure(second)] as const
    if (round < rounds / 10) continue
    measured[0].push(...results[0])
    measured[1].push(...results[1])
  }
  return measured
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
  if (value === undefined) throw new Error('An empty list has no percentiles.')
  return value
}

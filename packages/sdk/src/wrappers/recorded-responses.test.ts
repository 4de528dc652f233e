import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime'
import { GoogleGenAI } from '@google/genai'
import { generateText, wrapLanguageModel } from 'ai'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import OpenAI from 'openai'
import { afterAll, describe, expect, it } from 'vitest'
import type { UsageEventInput } from '../model/operations.ts'
import type { Tollgate } from '../tollgate.ts'
import { jsonAnswer } from '../testing/provider-answers.ts'
import { startProviderServer } from '../testing/provider-server.ts'
import { startWrapperTest } from '../testing/wrapper-test.ts'
import { meterAnthropic } from './meter-anthropic.ts'
import { meterBedrock } from './meter-bedrock.ts'
import { meterGoogle } from './meter-google.ts'
import { meterOpenAI } from './meter-openai.ts'
import { tollgateMiddleware } from './tollgate-middleware.ts'

/** Responses of real providers, with their model and usage, and how the reference reads them. See packages/tokens/fixtures/README.md. */
interface RecordedResponse {
  readonly body: { readonly file: string; readonly model?: string; readonly usage?: { readonly num_cached_tokens?: number }; readonly usageMetadata?: object }
  readonly extracted: readonly {
    readonly usage: Readonly<Record<string, number>>
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string }[]
  }[]
}

const recordedResponses = readFileSync(new URL('../../../tokens/fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map((line, index) => ({ line: index + 1, ...(JSON.parse(line) as RecordedResponse) }))

const test = await startWrapperTest()
const { provider } = test
const bedrock = await startProviderServer({ http2: true })
const bedrockClient = new BedrockRuntimeClient({
  region: 'us-east-1',
  endpoint: bedrock.url,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
})
afterAll(async () => {
  bedrockClient.destroy()
  await bedrock[Symbol.asyncDispose]()
})

const settings = { apiKey: 'key', baseURL: provider.url, maxRetries: 0 }
const prompt = 'Hi'
const messages = [{ role: 'user' as const, content: prompt }]
const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hi.' }], stop_reason: 'end_turn' }
const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi.' } }],
}
const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  output: [{ type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'Hi.', annotations: [] }] }],
}
const candidates = { candidates: [{ content: { role: 'model', parts: [{ text: 'Hi.' }] }, finishReason: 'STOP', index: 0 }] }
const metered = (tollgate: Tollgate, model: Parameters<typeof wrapLanguageModel>[0]['model']) =>
  generateText({ model: wrapLanguageModel({ model, middleware: tollgateMiddleware(tollgate) }), prompt, maxRetries: 0 })

/** The real clients, the recorded responses that their API gives, and what surrounds the model and the usage of those. */
const REPLAYS: readonly {
  readonly name: string
  readonly reading: readonly [provider: string, apiFlavor: string]
  readonly responses: number
  readonly matches?: (body: RecordedResponse['body']) => boolean
  readonly rest: object
  /** Calls to other models within the same responses, such as a compaction. Each is recorded as a call of its own. */
  readonly furtherCalls?: number
  readonly call: (tollgate: Tollgate) => PromiseLike<unknown>
}[] = [
  {
    name: 'chat completions of openai',
    reading: ['openai', 'chat'],
    responses: 212,
    rest: completion,
    call: tollgate => meterOpenAI(new OpenAI(settings), tollgate).chat.completions.create({ model: 'gpt-5', messages }),
  },
  {
    name: 'chat completions of the AI SDK',
    reading: ['openai', 'chat'],
    responses: 212,
    rest: completion,
    call: tollgate => metered(tollgate, createOpenAI(settings).chat('gpt-5')),
  },
  {
    name: 'responses of openai',
    reading: ['openai', 'responses'],
    responses: 114,
    matches: body => !isClaude(body),
    rest: response,
    call: tollgate => meterOpenAI(new OpenAI(settings), tollgate).responses.create({ model: 'gpt-5', input: prompt }),
  },
  {
    name: 'responses of the AI SDK',
    reading: ['openai', 'responses'],
    responses: 114,
    matches: body => !isClaude(body),
    rest: response,
    call: tollgate => metered(tollgate, createOpenAI(settings).responses('gpt-5')),
  },
  {
    name: 'messages of @anthropic-ai/sdk',
    reading: ['anthropic', 'default'],
    responses: 101,
    furtherCalls: 3,
    matches: isClaude,
    rest: message,
    call: tollgate => meterAnthropic(new Anthropic(settings), tollgate).messages.create({ model: 'claude-opus-4-8', max_tokens: 100, messages }),
  },
  {
    name: 'messages of the AI SDK',
    reading: ['anthropic', 'default'],
    responses: 101,
    furtherCalls: 3,
    matches: isClaude,
    rest: message,
    call: tollgate => metered(tollgate, createAnthropic(settings)('claude-opus-4-8')),
  },
  {
    name: 'models of Anthropic that Bedrock invokes',
    // For Bedrock itself, the reference reads the same format without its reasoning.
    reading: ['anthropic', 'default'],
    responses: 101,
    furtherCalls: 3,
    matches: isClaude,
    rest: message,
    call: tollgate =>
      meterBedrock(bedrockClient, tollgate).send(
        new InvokeModelCommand({ modelId: 'anthropic.claude-3-haiku-20240307-v1:0', body: JSON.stringify({ messages }) }),
      ),
  },
  {
    name: 'Converse of Bedrock',
    reading: ['aws', 'default'],
    responses: 113,
    rest: { output: { message: { role: 'assistant', content: [{ text: 'Hi.' }] } }, stopReason: 'end_turn', metrics: { latencyMs: 1 } },
    call: tollgate =>
      meterBedrock(bedrockClient, tollgate).send(
        new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text: prompt }] }] }),
      ),
  },
  {
    name: 'content of @google/genai',
    reading: ['google', 'default'],
    responses: 238,
    matches: body => !isEmbedding(body),
    rest: candidates,
    call: tollgate => google(tollgate).models.generateContent({ model: 'gemini-2.5-flash', contents: prompt }),
  },
  {
    name: 'content of the AI SDK',
    reading: ['google', 'default'],
    responses: 236,
    // The AI SDK refuses responses whose details have no count.
    matches: body => !isEmbedding(body) && !hasUncountedDetails(body),
    rest: candidates,
    call: tollgate => metered(tollgate, createGoogleGenerativeAI(settings)('gemini-2.5-flash')),
  },
  {
    name: 'embeddings of @google/genai',
    reading: ['google', 'default'],
    responses: 6,
    matches: isEmbedding,
    rest: { embedding: { values: [0.1] }, embeddings: [{ values: [0.1] }] },
    call: tollgate => google(tollgate).models.embedContent({ model: 'gemini-embedding-2', contents: prompt }),
  },
]

const google = (tollgate: Tollgate) => meterGoogle(new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: provider.url } }), tollgate)

function isClaude({ model }: RecordedResponse['body']): boolean {
  return model?.startsWith('claude-') === true
}

function isEmbedding({ file }: RecordedResponse['body']): boolean {
  return file.includes('test_embeddings')
}

function hasUncountedDetails({ usageMetadata = {} }: RecordedResponse['body']): boolean {
  return Object.values(usageMetadata).some(details => Array.isArray(details) && details.some(detail => !('tokenCount' in detail)))
}

/** How the reference counts, whose input and output include all others. */
function countsOf(usage: Readonly<Record<string, number>>) {
  const count = (name: string) => usage[name] ?? 0
  return {
    input: count('input_tokens'),
    output: count('output_tokens'),
    cacheRead: count('cache_read_tokens'),
    cacheWrite: count('cache_write_tokens'),
    reasoning: count('output_reasoning_tokens'),
    audioInput: count('input_audio_tokens') - count('cache_audio_read_tokens'),
    imageInput: count('input_image_tokens') - count('cache_image_read_tokens'),
    videoInput: count('input_video_tokens') - count('cache_video_read_tokens'),
    imageOutput: count('output_image_tokens'),
  }
}

/** The same counts of what was recorded, whose pools are exclusive. */
function recordedCounts({ tokens }: UsageEventInput) {
  const sum = (...pools: readonly (keyof NonNullable<typeof tokens>)[]) => pools.reduce((total, pool) => total + (tokens?.[pool] ?? 0), 0)
  const cacheRead = sum('cacheRead', 'cacheReadAudio', 'cacheReadImage', 'cacheReadVideo')
  const cacheWrite = sum('cacheWrite5m', 'cacheWrite1h', 'cacheWrite30m', 'cacheWrite12h')
  return {
    input: cacheRead + cacheWrite + sum('input', 'audioInput', 'imageInput', 'videoInput'),
    output: sum('output', 'reasoning', 'audioOutput', 'imageOutput', 'videoOutput'),
    cacheRead,
    cacheWrite,
    reasoning: sum('reasoning'),
    audioInput: sum('audioInput'),
    imageInput: sum('imageInput'),
    videoInput: sum('videoInput'),
    imageOutput: sum('imageOutput'),
  }
}

/** How the reference reads a response of one provider and API; undefined if they do not send it. */
function expectedCounts({ body, extracted }: RecordedResponse, [providerId, apiFlavor]: readonly [string, string]) {
  const found = extracted.find(({ extractors }) => extractors.some(({ provider_id, api_flavor }) => provider_id === providerId && api_flavor === apiFlavor))
  if (found === undefined) return undefined
  const counts = countsOf(found.usage)
  // Mistral has a field of its own for cached tokens, which the reference does not know.
  return { ...counts, cacheRead: body.usage?.num_cached_tokens ?? counts.cacheRead }
}

describe.each(REPLAYS)('the recorded $name', ({ reading, responses, furtherCalls = 0, matches = () => true, rest, call }) => {
  it('are recorded once each, with the tokens that the reference reads, or estimated if they report none', async () => {
    const client = test.createClient()
    const differences: object[] = []
    let replayed = 0
    let further = 0
    for (const recorded of recordedResponses) {
      const expected = matches(recorded.body) ? expectedCounts(recorded, reading) : undefined
      if (expected === undefined) continue
      replayed += 1
      const answer = jsonAnswer({ ...rest, ...recorded.body })
      provider.answer = answer
      bedrock.answer = answer
      const before = test.engine.events.length
      await call(client)
      await client.flush()
      const [event, ...others] = test.engine.events.slice(before)
      further += others.length
      const estimated = (event?.metadata?.attributes as { estimated?: boolean } | undefined)?.estimated === true
      const counts = event === undefined || estimated ? { estimated } : recordedCounts(event)
      if (!isDeepStrictEqual(counts, expected.input + expected.output === 0 ? { estimated: true } : expected)) {
        differences.push({ line: recorded.line, counts, expected })
      }
    }
    expect(differences).toEqual([])
    expect({ replayed, further }).toEqual({ replayed: responses, further: furtherCalls })
  })
})

it('all recorded responses are of an API that a metered client speaks, except those of Cohere', () => {
  const unread = recordedResponses.filter(recorded => REPLAYS.every(({ reading }) => expectedCounts(recorded, reading) === undefined))
  expect(unread.every(({ extracted }) => extracted.every(({ extractors }) => extractors.every(({ provider_id }) => provider_id === 'cohere')))).toBe(true)
  expect(recordedResponses.length - unread.length).toBe(784)
})

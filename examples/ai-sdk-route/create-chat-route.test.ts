import { createTollgate } from '@tollgate/sdk'
import { type MemoryEngine, memoryEngine } from '@tollgate/sdk/testing'
import { MockLanguageModelV4 } from 'ai/test'
import { beforeEach, expect, it, vi } from 'vitest'
import { createChatRoute } from './create-chat-route.ts'

let engine: MemoryEngine
beforeEach(() => {
  engine = memoryEngine()
})

type Part = Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'] extends ReadableStream<infer Each> ? Each : never

const TEXT: Part[] = [
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'Rayleigh scattering.' },
]
const END: Part[] = [
  { type: 'text-end', id: '1' },
  {
    type: 'finish',
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: { inputTokens: { total: 11, noCache: 11, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 4, text: 4, reasoning: 0 } },
  },
]

/** A model that writes these parts, and goes on until it is aborted if they have no end. */
function modelOf(parts: readonly Part[]): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    provider: 'openai.chat',
    modelId: 'gpt-5-mini',
    doStream: async ({ abortSignal }) => ({
      stream: new ReadableStream<Part>({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          if (parts.at(-1)?.type === 'finish') controller.close()
          else abortSignal?.addEventListener('abort', () => controller.error(abortSignal.reason))
        },
      }),
    }),
  })
}

function chat(model: MockLanguageModelV4, signal?: AbortSignal): Promise<Response> {
  const route = createChatRoute(createTollgate({ engine }), model)
  const init = { method: 'POST', headers: { 'x-customer-id': 'cust_0001' }, body: '{"prompt":"Why is the sky blue?"}', ...(signal && { signal }) }
  return route(new Request('http://localhost/chat', init))
}
const recorded = () => vi.waitFor(() => expect(engine.events).toHaveLength(1), { interval: 1 })

it('streams the answer, and records its tokens for the customer of the request', async () => {
  expect(await (await chat(modelOf([...TEXT, ...END]))).text()).toContain('Rayleigh scattering.')
  await recorded()
  expect(engine.events).toMatchObject([
    {
      operation: 'chat_message',
      provider: 'openai',
      model: 'gpt-5-mini',
      tokens: { input: 11, output: 4 },
      metadata: { customerId: 'cust_0001', featureId: 'chat' },
    },
  ])
})

it('answers 429 with the time to wait if the customer has no headroom left, and does not call the model', async () => {
  engine.decide = () => false
  const model = modelOf([...TEXT, ...END])
  const response = await chat(model)
  expect([response.status, response.headers.get('retry-after'), model.doStreamCalls]).toEqual([429, '1', []])
})

it('records what a stream has used that the client leaves', async () => {
  const leaving = new AbortController()
  const response = await chat(modelOf(TEXT), leaving.signal)
  for await (const bytes of response.body ?? []) if (new TextDecoder().decode(bytes as Uint8Array).includes('scattering')) leaving.abort()
  await recorded()
  expect(engine.events).toMatchObject([{ tokens: { input: 5, output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } }])
})

import { isQuotaExceeded, meterOpenAI, type Tollgate } from '@tollgate/sdk'
import { requestContext } from '@tollgate/sdk/express'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type OpenAI from 'openai'

/** A chat endpoint: `POST /chat` with `{ "prompt": "…" }` streams the answer. */
export function createChatApp(tollgate: Tollgate, client: OpenAI): Express {
  // Each call reserves its estimated tokens, and its record settles the reservation with the actual ones.
  const openai = meterOpenAI(client, tollgate, { operation: 'chat_message', reserve: true })
  const app = express()
  app.use(express.json())
  app.use(requestContext(tollgate, { metadata: request => ({ customerId: request.get('x-customer-id') ?? 'anonymous', featureId: 'chat' }) }))

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes a rejection to the error handler.
  app.post('/chat', async (request, response) => {
    const { prompt } = request.body as { prompt: string }
    // A stream that the client leaves is recorded with what it has used.
    const aborting = new AbortController()
    response.on('close', () => aborting.abort())
    const stream = await openai.chat.completions.create(
      { model: 'gpt-5-mini', max_completion_tokens: 1_000, messages: [{ role: 'user', content: prompt }], stream: true },
      { signal: aborting.signal },
    )
    for await (const { choices } of stream) response.write(choices[0]?.delta.content ?? '')
    response.end()
  })

  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (!isQuotaExceeded(error)) return next(error)
    if (error.retryAfterMs !== null) response.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)))
    response.status(error.status).json({ error: error.message })
  }
  app.use(onError)
  return app
}

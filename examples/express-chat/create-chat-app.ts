import { isQuotaExceeded, type Tollgate } from '@tollgate/sdk'
import { requestContext } from '@tollgate/sdk/express'
import express, { type ErrorRequestHandler, type Express } from 'express'

/** A part of a streamed answer: some text, or at the end the tokens that the answer took. */
export type AnswerPart = { readonly text: string } | { readonly tokens: { readonly input: number; readonly output: number } }

/** A model that streams its answer. */
export type StreamAnswer = (prompt: string, signal: AbortSignal) => AsyncIterable<AnswerPart>

const MAX_ANSWER_TOKENS = 1_000

/** A chat endpoint: `POST /chat` with `{ "prompt": "…" }` streams the answer. */
export function createChatApp(tollgate: Tollgate, streamAnswer: StreamAnswer): Express {
  const app = express()
  app.use(express.json())
  app.use(requestContext(tollgate, { metadata: request => ({ customerId: request.get('x-customer-id') ?? 'anonymous', featureId: 'chat' }) }))

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes a rejection to the error handler.
  app.post('/chat', async (request, response) => {
    const { prompt } = request.body as { prompt: string }
    // Throws if the customer has no headroom left. Released at the end of this function, unless a record settles it.
    await using reservation = await tollgate.reserve([{ metric: 'tokens', amount: MAX_ANSWER_TOKENS }])
    const tracker = tollgate.trackUsage('chat_message')
    const aborting = new AbortController()
    response.on('close', () => aborting.abort())
    const settled = { provider: 'openai', model: 'gpt-5-mini', reservationId: reservation.id }

    let text = ''
    let tokens: { input: number; output: number } | undefined
    try {
      for await (const part of streamAnswer(prompt, aborting.signal)) {
        if ('tokens' in part) ({ tokens } = part)
        else {
          text += part.text
          response.write(part.text)
        }
      }
      await tracker.recordSuccess({ ...settled, tokens })
    } catch (error) {
      // The model was paid for what it had written when the client left. Without its count, about four characters are a token.
      const estimate = { input: Math.ceil(prompt.length / 4), output: Math.ceil(text.length / 4) }
      if (aborting.signal.aborted) await tracker.recordSuccess({ ...settled, tokens: estimate, aborted: true, estimated: true })
      else await tracker.recordFailure(error, settled)
      throw error
    }
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

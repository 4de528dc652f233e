import { type Tollgate, tollgateMiddleware } from '@tollgate/sdk'
import { withRequestContext } from '@tollgate/sdk/next'
import { createUIMessageStreamResponse, streamText, toUIMessageStream, wrapLanguageModel } from 'ai'

const OPERATION = 'chat_message'
const MAX_OUTPUT_TOKENS = 1_000

/** Returns a route handler of Next.js: `POST` with `{ "prompt": "…" }` streams the answer. `model` is any model of the AI SDK. */
export function createChatRoute(tollgate: Tollgate, model: Parameters<typeof wrapLanguageModel>[0]['model']) {
  const metered = wrapLanguageModel({ model, middleware: tollgateMiddleware(tollgate, { operation: OPERATION }) })

  async function post(request: Request): Promise<Response> {
    const { prompt } = (await request.json()) as { prompt: string }
    const { allowed, retryAfterMs } = await tollgate.enforceQuota('tokens', MAX_OUTPUT_TOKENS, { operation: OPERATION })
    if (!allowed) return new Response('The quota is used up.', { status: 429, headers: { 'retry-after': String(Math.ceil((retryAfterMs ?? 60_000) / 1_000)) } })
    // A stream that the client leaves is recorded with what it has used.
    const { stream } = streamText({ model: metered, prompt, maxOutputTokens: MAX_OUTPUT_TOKENS, abortSignal: request.signal })
    return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream }) })
  }
  return withRequestContext(tollgate, post, { metadata: request => ({ customerId: request.headers.get('x-customer-id') ?? 'anonymous', featureId: 'chat' }) })
}

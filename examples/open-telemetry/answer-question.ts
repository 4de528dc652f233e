import { type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api'

/** Part of the response of a model. */
export interface Completion {
  readonly model: string
  readonly text: string
  readonly usage: { readonly inputTokens: number; readonly cachedTokens: number; readonly outputTokens: number }
}

/** A question of a user, and what answers it. */
export interface Question {
  readonly tracer: Tracer
  readonly text: string
  readonly userId: string
  readonly complete: (text: string) => Promise<Completion>
}

/**
 * Answers a question in a span of the agent, with a span of the model call inside. Both have the tokens, as the conventions ask for;
 * Tollgate meters the model call only.
 */
export function answerQuestion({ tracer, text, userId, complete }: Question): Promise<string> {
  return tracer.startActiveSpan('invoke_agent support', agent =>
    ended(agent, async () => {
      agent.setAttributes({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'support', 'gen_ai.provider.name': 'openai' })
      return tracer.startActiveSpan('chat gpt-4o-mini', call =>
        ended(call, async () => {
          call.setAttributes({
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': 'gpt-4o-mini',
            'user.id': userId,
          })
          const completion = await complete(text)
          const usage = {
            'gen_ai.usage.input_tokens': completion.usage.inputTokens, // Includes the cached tokens.
            'gen_ai.usage.cache_read.input_tokens': completion.usage.cachedTokens,
            'gen_ai.usage.output_tokens': completion.usage.outputTokens,
          }
          call.setAttributes({ 'gen_ai.response.model': completion.model, ...usage })
          agent.setAttributes(usage)
          return completion.text
        }),
      )
    }),
  )
}

/** Ends the span when the work ends, with its error if it fails. */
async function ended<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) })
    span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER')
    throw error
  } finally {
    span.end()
  }
}

import { checkWrapperOptions } from './check-wrapper-options.ts'
import { adjustUsage } from './adjust-usage.ts'
import type { GeminiResponse } from './google/gemini-response.ts'
import { geminiStreamMeter } from './google/gemini-stream-meter.ts'
import { GOOGLE_METHODS, type GoogleMethod } from './google/google-methods.ts'
import { startCall } from './metered-call.ts'
import { meterIterator } from './meter-stream.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/** A `GoogleGenAI`. */
interface GoogleClient {
  readonly models: object
  readonly chats: object
}

/** What the client makes its parts of. */
interface ApiClient {
  getLocation?(): string | undefined
}

type ModelsConstructor = new (apiClient: ApiClient) => Record<string, unknown>
type ChatsConstructor = new (models: object, apiClient: ApiClient) => object

/** What a method is called with. */
interface GoogleParameters {
  readonly model?: string
  readonly contents?: unknown
  readonly content?: unknown
  readonly prompt?: unknown
  readonly config?: {
    readonly abortSignal?: AbortSignal
    readonly maxOutputTokens?: number
    readonly systemInstruction?: unknown
    readonly tools?: unknown
    readonly responseSchema?: unknown
    readonly responseJsonSchema?: unknown
  }
}

/**
 * Returns a client of the `@google/genai` package that records each request of `models` and `chats` for content, streamed or not,
 * embeddings and images: those that continue a response or answer a function by themselves too. It shares everything with the given
 * client, which stays as it is. A call rejects with `QuotaExceeded` if the options reserve and there is no headroom.
 */
export function meterGoogle<Client extends GoogleClient>(client: Client, tollgate: WrapperTollgate, options: WrapperOptions = {}): Client {
  checkWrapperOptions(options)
  const { apiClient } = client as unknown as { readonly apiClient: ApiClient }
  // Methods of the given models are bound to them.
  const models = new (client.models.constructor as ModelsConstructor)(apiClient)
  for (const method of GOOGLE_METHODS) {
    const original = models[method.name]
    if (typeof original !== 'function')
      throw new TypeError(`meterGoogle does not know this version of @google/genai: models has no ${method.name}. Use version 3.`)
    models[method.name] = meterMethod(method, original.bind(models) as (parameters: GoogleParameters) => Promise<unknown>, {
      tollgate,
      options,
      region: locationOf(apiClient),
    })
  }
  const chats = new (client.chats.constructor as ChatsConstructor)(models, apiClient)
  return Object.create(client, { models: { value: models, enumerable: true }, chats: { value: chats, enumerable: true } }) as Client
}

interface MethodMeter {
  readonly tollgate: WrapperTollgate
  readonly options: WrapperOptions
  readonly region: string | undefined
}

function meterMethod(method: GoogleMethod, send: (parameters: GoogleParameters) => Promise<unknown>, { tollgate, options, region }: MethodMeter) {
  return async (parameters: GoogleParameters): Promise<unknown> => {
    const { model, contents, content, prompt, config = {} } = parameters
    const { abortSignal, maxOutputTokens, systemInstruction, tools, responseSchema, responseJsonSchema } = config
    const request = { contents, content, prompt, systemInstruction, tools, responseSchema, responseJsonSchema }
    const started = startCall(tollgate, options, { provider: 'google', operation: method.operation })
    await started.prepare({ model, maxOutputTokens, request })
    const call = region === undefined ? started : adjustUsage(started, usage => ({ region, ...usage }))
    try {
      const response = await send(parameters)
      if (method.streams === true)
        return meterIterator((response as AsyncIterable<GeminiResponse>)[Symbol.asyncIterator](), geminiStreamMeter(call), abortSignal)
      call.end({ usage: () => method.usage(response), estimate: () => method.estimate(request, response) })
      return response
    } catch (error) {
      call.end({ error, aborted: abortSignal?.aborted === true })
      throw error
    }
  }
}

/** Returns the region of Vertex. The Gemini API has none. */
function locationOf(apiClient: ApiClient): string | undefined {
  const location = apiClient.getLocation?.()
  return location === '' ? undefined : location
}

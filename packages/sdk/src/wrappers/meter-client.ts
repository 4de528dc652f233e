import { checkWrapperOptions } from './check-wrapper-options.ts'
import { type ExtractedUsage, extractTokenUsage } from '@tollgate/tokens'
import { type CallEstimate, startCall } from './metered-call.ts'
import { isAbort } from './is-abort.ts'
import { meterResponse } from './meter-response.ts'
import { createStreamMeter, meterIterator, type StreamReader } from './meter-stream.ts'
import { createPendingCalls, type PendingCalls } from './pending-calls.ts'
import { invalid } from '../engine/read-input.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/** A client of the `openai` or `@anthropic-ai/sdk` package. All methods of such clients, helpers included, send through `post`. */
export interface ProviderClient {
  readonly baseURL: string
  get(path: string, options?: never): unknown
  post(path: string, options?: never): unknown
  withOptions(options: never): unknown
}

/** One API of a provider that is metered. */
export interface MeteredApi {
  readonly operation: string
  readonly stream: StreamReader<never>
  readonly apiFlavor?: string | undefined
  /** Returns the parameters that are sent, and how to read the stream then. Defaults to those of the caller. */
  prepare?(parameters: object): { readonly parameters: object; readonly stream: StreamReader<never> }
  /** Returns what to record if the response has no usage. Defaults to an estimate by the text. */
  estimate?(parameters: unknown, response: unknown): CallEstimate
  /** Returns the text of a response, for the estimate. */
  output(response: unknown): string
  /** Returns why the call failed, if the response says so. */
  failure?(response: unknown): unknown
  /** Returns the id of a response that the provider still works on. Its call ends when the client retrieves its end. */
  pendingId?(response: unknown): string | undefined
}

/** What a client is metered with. */
export interface ClientMeter {
  readonly tollgate: WrapperTollgate
  readonly options: WrapperOptions
  readonly provider: string
  /** The metered APIs by path. Other requests are not calls of a model. */
  readonly apis: ReadonlyMap<string, MeteredApi>
  /** Returns the id of the response that a request retrieves, if it does, by its path. */
  retrievedId?(path: string): string | undefined
}

/** Parameters of a request, as resources of the client pass them. */
interface RequestOptions {
  readonly body?: unknown
  readonly stream?: boolean
  readonly signal?: AbortSignal | null
}

/** What the client returns for a request: it sends at once, and parses the response when it is awaited. */
interface ClientPromise {
  /** Rejects if the request fails, before anything is parsed. */
  readonly responsePromise?: Promise<unknown>
  parse(): Promise<unknown>
  asResponse(): Promise<Response>
  _thenUnwrap(transform: (data: unknown) => unknown): ClientPromise
}

/** A stream of the client. */
interface ClientStream {
  readonly controller?: AbortController
  iterator(): AsyncIterator<unknown>
}

interface PatchedClient extends ProviderClient {
  get: (path: string, options?: unknown) => unknown
  post: (path: string, options?: unknown) => unknown
  withOptions: (options: unknown) => PatchedClient
}

/** Returns a copy of the client whose calls are metered. */
export function meterClient<Client extends ProviderClient>(client: Client, meter: ClientMeter): Client {
  checkWrapperOptions(meter.options)
  if (typeof (client as Partial<ProviderClient>).withOptions !== 'function')
    throw invalid('client', 'must be a client of the package of the provider, in a version that has the method withOptions')
  const metered = (client as unknown as PatchedClient).withOptions({})
  patch(metered, { ...meter, pending: createPendingCalls() })
  return metered as unknown as Client
}

/** What one client and its copies share. */
interface SharedMeter extends ClientMeter {
  readonly pending: PendingCalls
}

function patch(client: PatchedClient, meter: SharedMeter): void {
  const get = client.get.bind(client)
  const post = client.post.bind(client)
  const withOptions = client.withOptions.bind(client)
  client.get = (path, options) => endPending(meter, path, get(path, options))
  client.post = (path, options) => {
    const api = meter.apis.get(path.split('?', 1)[0] ?? path)
    return api === undefined ? endPending(meter, path, post(path, options)) : send(meter, api, options, prepared => post(path, prepared) as ClientPromise)
  }
  client.withOptions = options => {
    const copy = withOptions(options)
    patch(copy, meter)
    return copy
  }
}

/** Ends the call of a response in the background if this request retrieves its end. */
function endPending({ pending, apis, retrievedId }: SharedMeter, path: string, sent: unknown): unknown {
  const id = retrievedId?.(path)
  if (id === undefined || !pending.has(id)) return sent
  return (sent as ClientPromise)._thenUnwrap(response => {
    const isPending = [...apis.values()].some(api => api.pendingId?.(response) !== undefined)
    if (!isPending && !isStream(response)) pending.take(id)?.(response)
    return response
  })
}

function send(meter: SharedMeter, api: MeteredApi, given: unknown, post: (options: Promise<RequestOptions>) => ClientPromise): ClientPromise {
  const { tollgate, options, provider } = meter
  // Synchronous, because in some runtimes the context of the caller ends at the first await.
  const call = startCall(tollgate, options, { provider, operation: api.operation })
  let reader = api.stream
  let body: unknown
  let signal: AbortSignal | undefined

  async function prepare(): Promise<RequestOptions> {
    const request = ((await given) ?? {}) as RequestOptions
    ;({ body } = request)
    signal = request.signal ?? undefined
    await call.prepare({ model: modelOf(body), maxOutputTokens: maxOutputTokensOf(body), request: body })
    if (request.stream !== true || api.prepare === undefined || typeof body !== 'object' || body === null) return request
    const prepared = api.prepare(body)
    reader = prepared.stream
    return { ...request, body: prepared.parameters }
  }

  const fail = (error: unknown) => call.end({ error, aborted: isAbort(error) })
  const createMeter = () => createStreamMeter<unknown>(call, { apiFlavor: api.apiFlavor, ...(reader as StreamReader<unknown>) })
  const end = (response: unknown) => {
    try {
      call.noteOutput(api.output(response))
    } catch {
      // A response of an unexpected form is estimated without its output.
    }
    const usage = (): ExtractedUsage => extractTokenUsage({ provider, response, apiFlavor: api.apiFlavor })
    const estimate = api.estimate
    call.end({ usage, error: api.failure?.(response), ...(estimate && { estimate: () => estimate(body, response) }) })
  }

  const whole = (response: unknown) => {
    const id = api.pendingId?.(response)
    if (id === undefined) end(response)
    else meter.pending.add(id, end)
  }
  const meterBody = (response: Response, isParsed: () => boolean) => meterResponse(response, { stream: createMeter(), whole, isParsed, signal })

  const sent = post(prepare())
  sent.responsePromise?.catch(fail)
  let parsed = false
  const metered = sent._thenUnwrap(data => {
    if (isStream(data)) {
      const { controller } = data
      const iterate = data.iterator.bind(data)
      const streamMeter = createMeter()
      const abortUnread = () => streamMeter.end({ aborted: true })
      controller?.signal.addEventListener('abort', abortUnread, { once: true })
      data.iterator = () => {
        controller?.signal.removeEventListener('abort', abortUnread)
        return meterIterator(iterate(), streamMeter, controller?.signal)
      }
    } else if (!(data instanceof Response)) whole(data)
    // Speech. The usage is in its events, if it has events.
    else if (data.headers.get('content-type')?.startsWith('text/event-stream') === true) meterBody(data, () => false)
    else whole(undefined)
    return data
  })

  /** Sees what the caller does with the promise, and with those that the client derives from it. */
  function watch(promise: ClientPromise): ClientPromise {
    const { parse, asResponse, _thenUnwrap } = promise
    return Object.assign(promise, {
      parse() {
        parsed = true
        const data = parse.call(promise)
        data.catch(fail)
        return data
      },
      async asResponse() {
        const response = await asResponse.call(promise)
        if (!parsed) meterBody(response, () => parsed)
        return response
      },
      _thenUnwrap: (transform: (data: unknown) => unknown) => watch(_thenUnwrap.call(promise, transform)),
    })
  }
  return watch(metered)
}

function isStream(data: unknown): data is { -readonly [Name in keyof ClientStream]: ClientStream[Name] } {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data && 'iterator' in data && typeof data.iterator === 'function'
}

function modelOf(body: unknown): string | undefined {
  const model = parameter(body, 'model')
  return typeof model === 'string' ? model : undefined
}

function maxOutputTokensOf(body: unknown): number | undefined {
  return ['max_completion_tokens', 'max_output_tokens', 'max_tokens'].map(name => parameter(body, name)).find(value => typeof value === 'number')
}

function parameter(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined
  return body instanceof FormData ? body.get(name) : (body as Readonly<Record<string, unknown>>)[name]
}

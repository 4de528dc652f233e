import { adjustUsage } from '../adjust-usage.ts'
import { estimateRequestTokens, estimateTextTokens } from '../estimate-tokens.ts'
import { createStreamMeter, meterIterator, type StreamMeter } from '../meter-stream.ts'
import { type MeteredCall, startCall } from '../metered-call.ts'
import type { WrapperOptions, WrapperTollgate } from '../wrapper-options.ts'
import { bedrockOperation, bedrockRequest, type BedrockInput, CONVERSE_COMMANDS, INVOKE_COMMANDS } from './bedrock-call.ts'
import { converseEvents, type ModelEvent, modelEvents } from './bedrock-streams.ts'
import { bedrockText } from './bedrock-text.ts'
import { converseUsage, type Headers, invokeUsage } from './bedrock-usage.ts'
import { parsedBody } from './parsed-body.ts'

/** What a command is metered with. */
export interface CommandMeter {
  readonly tollgate: WrapperTollgate
  readonly options: WrapperOptions
  readonly signal: AbortSignal | undefined
  /** Returns the region of the client. */
  region(): Promise<string | undefined>
}

/** The result of a command, inside the client. */
interface CommandResult {
  readonly response?: unknown
  readonly output: object
}

/** Runs a command, after all middleware that comes later. */
type Next<Result extends CommandResult> = (args: { readonly input: object }) => Promise<Result>

/** A response of a model as the client has it. */
interface ModelResponse {
  readonly body?: unknown
  readonly stream?: AsyncIterable<unknown>
}

/** A resource with a name of the caller's own, which does not show the model: the response may. */
const OPAQUE = /:(?:application-inference-profile|provisioned-model|prompt-router|custom-model-deployment)\//

/** Returns the middleware of the client that meters one command. It is the outermost, so that it sees retries as one call. */
export function meterCommand({ tollgate, options, signal, region }: CommandMeter) {
  return <Result extends CommandResult>(next: Next<Result>, { commandName = '' }: { readonly commandName?: string }): Next<Result> => {
    const converses = CONVERSE_COMMANDS.has(commandName)
    if (!converses && !INVOKE_COMMANDS.has(commandName)) return next
    return async args => {
      const input = args.input as BedrockInput
      const { modelId = '' } = input
      const request = bedrockRequest(input)
      const started = startCall(tollgate, options, { provider: 'aws', operation: bedrockOperation(input) })
      await started.prepare(request)
      const clientRegion = await region().catch(() => undefined)
      // The name of the caller has the region that the price depends on; that of the response does not.
      const call = adjustUsage(started, usage => ({
        ...usage,
        model: OPAQUE.test(modelId) ? usage.model : null,
        ...(usage.region === undefined && clientRegion !== undefined && { region: clientRegion }),
      }))
      try {
        const result = await next(args)
        const response: ModelResponse = result.output
        if (response.stream !== undefined) {
          const stream = meterEvents(response.stream, createStreamMeter(call, converseEvents), signal)
          return { ...result, output: { ...response, stream } }
        }
        if (isIterable(response.body)) {
          const body = meterEvents(response.body, chunkMeter(call), signal)
          return { ...result, output: { ...response, body } }
        }
        call.end({
          usage: () => (converses ? converseUsage(response) : invokeUsage(response.body, headersOf(result.response))),
          estimate: () => ({
            tokens: { input: estimateRequestTokens(request.request), output: Math.ceil(estimateTextTokens(bedrockText(response, response.body))) },
          }),
        })
        return result
      } catch (error) {
        call.end({ error, aborted: signal?.aborted === true })
        throw error
      }
    }
  }
}

function meterEvents<Event>(events: AsyncIterable<unknown>, meter: StreamMeter<Event>, signal: AbortSignal | undefined): AsyncIterable<unknown> {
  return meterIterator((events as AsyncIterable<Event>)[Symbol.asyncIterator](), meter, signal)
}

/** Meters chunks of InvokeModelWithResponseStream, each of which has an event of the model as JSON. */
function chunkMeter(call: MeteredCall): StreamMeter<{ readonly chunk?: { readonly bytes?: Uint8Array } }> {
  const events = createStreamMeter<ModelEvent>(call, modelEvents)
  return {
    part({ chunk }) {
      if (chunk?.bytes !== undefined) events.part(parsedBody(chunk.bytes))
      return true
    },
    end: ending => events.end(ending),
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function headersOf(response: unknown): Headers {
  return (response as { readonly headers?: Headers } | undefined)?.headers ?? {}
}

import { checkWrapperOptions } from './check-wrapper-options.ts'
import { meterCommand } from './bedrock/meter-command.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/** A `BedrockRuntimeClient` or `BedrockRuntime`. */
interface BedrockClient {
  readonly config: { readonly region?: unknown }
  readonly middlewareStack: { clone(): { add(middleware: never, options: never): void } }
  send(command: never, options: never): unknown
}

/** What `send` is called with: a command, and options, a callback, or both. */
type SendArguments = readonly [command: unknown, optionsOrCallback?: { readonly abortSignal?: AbortSignal } | ((...result: never) => void), callback?: unknown]

/**
 * Returns a client of the `@aws-sdk/client-bedrock-runtime` package that records Converse, ConverseStream, InvokeModel and
 * InvokeModelWithResponseStream. It shares everything with the given client, which stays as it is. A call rejects with
 * `QuotaExceeded` if the options reserve and there is no headroom.
 */
export function meterBedrock<Client extends BedrockClient>(client: Client, tollgate: WrapperTollgate, options: WrapperOptions = {}): Client {
  checkWrapperOptions(options)
  const region = async () => {
    const configured: unknown = client.config.region
    const named: unknown = typeof configured === 'function' ? await (configured as () => unknown)() : configured
    return typeof named === 'string' ? named : undefined
  }

  /** Sends through a client with one more middleware, because only there the name of a command survives minification. */
  const send = (...given: SendArguments): unknown => {
    const [, sendOptions] = given
    const signal = typeof sendOptions === 'object' ? sendOptions.abortSignal : undefined
    const stack = client.middlewareStack.clone()
    stack.add(meterCommand({ tollgate, options, signal, region }) as never, { step: 'initialize', priority: 'high', name: 'tollgate' } as never)
    const sender: unknown = Object.create(client, {
      middlewareStack: { value: stack },
      // Compiled stacks, which the client may keep, would be those of this call.
      handlers: { value: undefined, writable: true, configurable: true },
    })
    return Reflect.apply(client.send, sender, given)
  }
  return Object.create(client, { send: { value: send } }) as Client
}

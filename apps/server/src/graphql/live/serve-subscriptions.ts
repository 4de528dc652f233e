import type { Viewer } from '@tollgate/accounts'
import { asDatabaseBusy, isDatabaseUnavailable } from '@tollgate/postgres'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  createSourceEventStream,
  type ExecutionResult,
  executeSubscriptionEvent,
  GraphQLError,
  Kind,
  mapSourceToResponseEvent,
  validateSubscriptionArgs,
  type ValidatedSubscriptionArgs,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { variableErrors } from '../coercion/execute-with-coercion.ts'
import { executeFor } from '../../database/admission/request-work.ts'
import { requireResultWithinLimits } from '../limits/limit-results.ts'
import { type ErrorPresenter, presentResult } from '../errors/present-errors.ts'
import { EventStreamNeeded, ServerStopping, TooManySubscriptions } from './errors.ts'
import type { LiveOperation, LiveOperations } from './live-operations.ts'
import { shareResults } from './shared-results.ts'

/** What a transport adds to a subscription. */
export interface SubscriptionContext {
  readonly viewer: Viewer
  readonly authorization?: string | null
  readonly requestId?: string
  /** Set over HTTP. */
  readonly request?: Request
  readonly res?: { destroy(): void }
  /** Closes the client's connection. Set over other transports. */
  readonly disconnect?: (reason: Error) => void
}

/** What serving subscriptions depends on. */
export interface ServeSubscriptionsOptions {
  readonly operations: LiveOperations
  readonly present: ErrorPresenter
  /** Whether errors suggest names of the schema that resemble an unknown one. */
  readonly suggestions: boolean
}

/**
 * Executes subscriptions of all transports as graphql does, with these additions: a subscription that is too complex is
 * rejected before it reads anything; each event has its own context, so that loaders do not return what they loaded hours
 * ago, and is executed once for all who get the same result; and where the server ends a subscription that can go on, it closes the
 * connection, so that clients subscribe again.
 */
export function serveSubscriptions({ operations, present, suggestions }: ServeSubscriptionsOptions): Plugin {
  const shared = shareResults()
  return {
    onResponse({ response }) {
      if (response.headers.get('content-type') !== 'text/event-stream') return
      // Without this header, nginx buffers several kilobytes of results before it sends them.
      response.headers.set('x-accel-buffering', 'no')
      response.headers.set('cache-control', 'no-store')
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(async args => {
        const context = args.contextValue as SubscriptionContext
        const failed = (error: unknown): ExecutionResult => ({ errors: [presented(error, context)] })
        const validated = validateSubscriptionArgs({ ...args, ...variableErrors({ suggestions }) })
        if (!('schema' in validated)) return { errors: validated.map(error => presented(error, context)) }
        let operation: LiveOperation | undefined
        try {
          requireEventStream(context)
          const variables = (args.variableValues ?? {}) as Readonly<Record<string, unknown>>
          requireWithinLimits(validated, variables)
          operation = open(context)
          const source = await createSourceEventStream(validated)
          if (!(Symbol.asyncIterator in source)) {
            operation.close()
            return presentResult(source, error => presented(error, context))
          }
          const subscriber = { viewer: context.viewer, operation: validated.operation, variables }
          return operation.passOn({
            source: mapSourceToResponseEvent(
              validated,
              source,
              shared.forSubscriber(subscriber, event => execute(event, context)),
            ),
            onFailure: error => {
              const shown = presented(error, context)
              if (!isTransient(error)) return { errors: [withoutStatus(shown)] }
              operation?.disconnect(error as Error)
              return undefined
            },
          })
        } catch (error) {
          operation?.close()
          return failed(error)
        }
      })
    },
  }

  function open({ viewer, authorization = null, request, res, disconnect = () => res?.destroy() }: SubscriptionContext): LiveOperation {
    const operation = operations.open({ viewer, authorization, disconnect })
    // A client that disconnects is not always noticed where its response is written.
    if (request?.signal.aborted === true) operation.close()
    request?.signal.addEventListener('abort', () => operation.close(), { once: true })
    return operation
  }

  async function execute(event: ValidatedSubscriptionArgs, context: SubscriptionContext): Promise<ExecutionResult> {
    const result = await executeFor(context.viewer, 'read', () => executeSubscriptionEvent({ ...event, contextValue: { ...context } }))
    return presentResult(result, error => present(error, context.requestId))
  }

  function presented(error: unknown, { requestId }: SubscriptionContext): GraphQLError {
    const { message, nodes, path, extensions } = present(error, requestId)
    const http = httpOf(error)
    return new GraphQLError(message, { nodes, path, extensions: { ...extensions, ...(http && { http }) } })
  }
}

/** Returns the status of a response that has not started. */
function httpOf(error: unknown): { status: number; headers: Record<string, string> } | undefined {
  if (error instanceof TooManySubscriptions) return { status: 429, headers: { 'Retry-After': '10' } }
  if (error instanceof EventStreamNeeded) return { status: 406, headers: {} }
  if (error instanceof ServerStopping) return { status: 503, headers: { 'Retry-After': '1' } }
  return undefined
}

function withoutStatus({ message, extensions: { http: _, ...extensions } }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { extensions })
}

/** Whether the same subscription will work again soon: the database was restarted or is busy. */
function isTransient(error: unknown): boolean {
  return isDatabaseUnavailable(error) || asDatabaseBusy(error) !== undefined
}

/** Checked before the subscription opens. Yoga checks it only when there is a result to send, and would not close the subscription. */
function requireEventStream({ request }: SubscriptionContext): void {
  const accept = request?.headers.get('accept') ?? '*/*'
  if (!/text\/event-stream|text\/\*|\*\/\*/i.test(accept)) throw new EventStreamNeeded()
}

/** Applies the limits of queries and mutations. Those are checked during execution, when a subscription would be open already. */
function requireWithinLimits({ schema, document, operation, contextValue }: ValidatedSubscriptionArgs, variables: Readonly<Record<string, unknown>>): void {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  requireResultWithinLimits(
    complexityFromQuery({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }, { schema, variables, ctx: contextValue as object }),
  )
}

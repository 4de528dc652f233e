import type { Viewer } from '@tollgate/accounts'
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
import { QueryTooLarge } from '../errors/query-too-large.ts'
import { MAX_COMPLEXITY, MAX_DEPTH } from '../limits/limits.ts'
import { type ErrorPresenter, presentResult } from '../errors/present-errors.ts'
import { EventStreamNeeded, ServerStopping, TooManySubscriptions } from './errors.ts'
import type { ResumableStream } from './follow-from.ts'
import type { LiveOperation, LiveOperations } from './live-operations.ts'

/** What the transport hands on with a subscription. */
export interface SubscriptionContext {
  readonly viewer: Viewer
  readonly authorization?: string | null
  readonly requestId?: string
  /** Over HTTP. */
  readonly request?: Request
  readonly res?: { destroy(): void }
  /** Over anything else: cuts the client off. */
  readonly disconnect?: () => void
}

/** What it is served with. */
export interface ServeSubscriptionsOptions {
  readonly operations: LiveOperations
  readonly present: ErrorPresenter
}

/**
 * Executes subscriptions, over whatever transport they come. As graphql does, and besides: what is too large is refused
 * before anything is read; every event has a context of its own, so that loaders do not show what was loaded hours ago;
 * and it ends with a reason, and with the cursor to go on from in `extensions.after`, when it must.
 */
export function serveSubscriptions({ operations, present }: ServeSubscriptionsOptions): Plugin {
  return {
    onResponse({ response }) {
      // nginx would otherwise hold results back until there are some kilobytes of them.
      if (response.headers.get('content-type') === 'text/event-stream') response.headers.set('x-accel-buffering', 'no')
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(async args => {
        const context = args.contextValue as SubscriptionContext
        const failed = (error: unknown): ExecutionResult => ({ errors: [presented(error, context)] })
        const validated = validateSubscriptionArgs(args)
        if (!('schema' in validated)) return { errors: validated.map(error => presented(error, context)) }
        let operation: LiveOperation | undefined
        try {
          requireEventStream(context)
          requireSmall(validated, (args.variableValues ?? {}) as Readonly<Record<string, unknown>>)
          operation = open(context)
          const source = await createSourceEventStream(validated)
          if (!(Symbol.asyncIterator in source)) {
            operation.close()
            return presentResult(source, error => presented(error, context))
          }
          return operation.carry({
            source: mapSourceToResponseEvent(validated, source, event => execute(event, context)),
            resumeAfter: () => (source as Partial<ResumableStream<unknown>>).resumeAfter?.(),
            endWith: (reason, after) => ({ errors: [resumable(presented(reason, context), after)] }),
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
    // Not every client that goes away is noticed where its answer is written.
    if (request?.signal.aborted === true) operation.close()
    request?.signal.addEventListener('abort', () => operation.close(), { once: true })
    return operation
  }

  async function execute(event: ValidatedSubscriptionArgs, context: SubscriptionContext): Promise<ExecutionResult> {
    const result = await executeSubscriptionEvent({ ...event, contextValue: { ...context } })
    return presentResult(result, error => present(error, context.requestId))
  }

  function presented(error: unknown, { requestId }: SubscriptionContext): GraphQLError {
    const { message, nodes, path, extensions } = present(error, requestId)
    const http = httpOf(error)
    return new GraphQLError(message, { nodes, path, extensions: { ...extensions, ...(http && { http }) } })
  }
}

/** The status of an answer that was not begun yet. */
function httpOf(error: unknown): { status: number; headers: Record<string, string> } | undefined {
  if (error instanceof TooManySubscriptions) return { status: 429, headers: { 'Retry-After': '10' } }
  if (error instanceof EventStreamNeeded) return { status: 406, headers: {} }
  if (error instanceof ServerStopping) return { status: 503, headers: { 'Retry-After': '1' } }
  return undefined
}

function resumable({ message, extensions: { http: _, ...extensions } }: GraphQLError, after: string | undefined): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, ...(after !== undefined && { after }) } })
}

/** Before it is opened: yoga finds out only when there is something to send, and nobody would end what was opened. */
function requireEventStream({ request }: SubscriptionContext): void {
  const accept = request?.headers.get('accept') ?? '*/*'
  if (!/text\/event-stream|text\/\*|\*\/\*/i.test(accept)) throw new EventStreamNeeded()
}

/** What queries and mutations are held to when they are resolved; a subscription would be opened by then. */
function requireSmall({ schema, document, operation, contextValue }: ValidatedSubscriptionArgs, variables: Readonly<Record<string, unknown>>): void {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  const { depth, complexity } = complexityFromQuery(
    { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
    { schema, variables, ctx: contextValue as object },
  )
  if (depth > MAX_DEPTH) throw QueryTooLarge.depth(depth, MAX_DEPTH)
  if (complexity > MAX_COMPLEXITY) throw QueryTooLarge.complexity(complexity, MAX_COMPLEXITY)
}

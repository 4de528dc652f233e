import { RequestCache } from '@pothos/plugin-scope-auth'
import { type Authenticator, NotAuthenticated, type Viewer } from '@tollgate/accounts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DocumentNode, type ExecutionResult, executeRootSelectionSet, OperationTypeNode } from 'graphql'
import { type Plugin, processRegularResult } from 'graphql-yoga'
import type { Logger } from 'pino'
import { respond } from '../../http/respond.ts'
import { executeFor, type RequestWork } from '../../database/admission/request-work.ts'
import type { GraphQLHandler, KnownRequest } from '../../http/routes.ts'
import type { GraphQLContext, Services } from '../context.ts'
import { errorPresenter, presentResult } from '../errors/present-errors.ts'
import { boundedCache } from '../limits/bounded-cache.ts'
import { type KnownDocument, type KnownOperation, rememberDocument } from './known-documents.ts'
import { isAlwaysWithinLimits } from '../limits/always-within-limits.ts'
import { CACHED_DOCUMENT_LENGTH, CACHED_DOCUMENTS } from '../limits/query-limits.ts'
import { workOf } from '../execute-for-viewer.ts'
import { type OperationRequest, operationText } from '../persisted/persisted-operations.ts'
import type { PersistedOperationsSettings } from '../persisted/read-persisted-operations.ts'
import { schema } from '../schema.ts'
import { prepareOperation } from '../coercion/coerce-variables.ts'
import { collectOnce, KnownOperationExecutor } from './known-operation-executor.ts'

/** What known operations are answered with. */
export interface KnownOperationsOptions {
  readonly tollgate: Services
  readonly authenticator: Authenticator
  readonly logger: Logger
  /** Operations that clients send by their hash. */
  readonly persisted?: PersistedOperationsSettings | undefined
  /** Creates the handler of all other requests, with these plugins. */
  readonly createHandler: (plugins: readonly Plugin[]) => GraphQLHandler
}

/** The body of a request of GraphQL over HTTP, unchecked. */
interface GraphQLRequest extends OperationRequest {
  readonly variables?: unknown
  readonly operationName?: unknown
}

type JsonRequest = IncomingMessage & { readonly body?: GraphQLRequest }

/** A request, with what is known of it, and its response. */
interface Exchange {
  readonly request: JsonRequest
  readonly response: ServerResponse
  readonly known: KnownRequest
}

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * Answers operations that were executed before without yoga, whose requests and responses cost a single event three
 * times what its execution costs. Everything else goes to yoga: new operations, anything but a plain POST,
 * and requests with an error or without a valid key.
 */
export function answerKnownOperations({ tollgate, authenticator, logger, persisted, createHandler }: KnownOperationsOptions): GraphQLHandler {
  const documents = boundedCache<KnownDocument>({ entries: CACHED_DOCUMENTS, keyLength: CACHED_DOCUMENT_LENGTH })
  const present = errorPresenter(logger)
  const remember: Plugin = {
    onExecute({ args, context }) {
      // A document that reaches execution has been parsed and validated.
      const { query } = (context as { params?: GraphQLRequest }).params ?? {}
      if (typeof query === 'string') rememberDocument(documents, query, args.document as DocumentNode)
    },
  }
  const yoga = createHandler([remember])

  // Not async: resolvers that need no database are done when they return.
  return (request: JsonRequest, response, known) => {
    const document = isPlainPost(request) ? documentOf(request.body) : undefined
    if (document === undefined) return yoga(request, response, known)
    const { authentication } = known
    if (authentication !== undefined) return answer(document, viewerIn(authentication), { request, response, known })
    return authenticated(request).then(viewer => answer(document, viewer, { request, response, known }))
  }

  function answer(document: KnownDocument, viewer: Viewer | undefined, { request, response, known }: Exchange): void | Promise<void> {
    const context: OperationContext | undefined = viewer && { viewer, tollgate, requestId: known.requestId, req: request }
    const execution = context && executionOf(document, request.body, context)
    if (context === undefined || execution === undefined) return yoga(request, response, known)
    const executed = executeFor(context.viewer, execution.kind, execution.execute)
    return executed instanceof Promise ? executed.then(result => respondWith(result, context, response)) : respondWith(executed, context, response)
  }

  function respondWith(result: ExecutionResult, context: OperationContext, response: ServerResponse): void | Promise<void> {
    if (result.errors === undefined) {
      release(context)
      return respond(response, { status: 200, type: JSON_TYPE, body: JSON.stringify(result) })
    }
    return answerErrors(
      response,
      presentResult(result, error => present(error, context.requestId)),
    )
  }

  function documentOf(request: GraphQLRequest | undefined): KnownDocument | undefined {
    const text = operationText(request, persisted)
    return text === undefined ? undefined : documents.get(text)
  }

  /** Undefined without a valid key, or when keys cannot be checked: yoga sends the error. */
  async function authenticated({ headers }: IncomingMessage): Promise<Viewer | undefined> {
    const viewer = await authenticator.authenticate(headers.authorization ?? null).catch(() => undefined)
    return viewer && viewerIn(viewer)
  }
}

/** The context of an operation until it has been executed. */
type OperationContext = { -readonly [Name in keyof GraphQLContext]: GraphQLContext[Name] }

/**
 * Ends the use of a context whose fields are all complete. The plugin keeps its cache of a context in a WeakMap, and the cache refers
 * to the context. Only a full garbage collection removes such an entry, so that without this each request would be kept until then
 * and copied twice.
 */
function release(context: OperationContext): void {
  RequestCache.clearForContext(context)
  context.req = undefined
}

function viewerIn(authentication: Viewer | NotAuthenticated): Viewer | undefined {
  return authentication instanceof NotAuthenticated ? undefined : authentication
}

/** Returns whether a request accepts JSON. */
function isPlainPost({ method, url, headers: { accept = '*/*' } }: IncomingMessage): boolean {
  return method === 'POST' && url === '/graphql' && (accept === '*/*' || accept === 'application/json')
}

/** An execution that can start. */
interface Execution {
  readonly kind: RequestWork['kind']
  execute(): Promise<ExecutionResult> | ExecutionResult
}

function executionOf(
  document: KnownDocument,
  { query, variables, operationName, extensions }: GraphQLRequest = {},
  contextValue: OperationContext,
): Execution | undefined {
  // Without a text, they hold the hash of a persisted operation.
  if ((extensions !== undefined && typeof query === 'string') || !isRecord(variables ?? {}) || !(typeof (operationName ?? '') === 'string')) return undefined
  const operation = operationOf(document, (operationName ?? null) as string | null)
  if (operation === undefined) return undefined
  const rawVariableValues = (variables ?? {}) as Record<string, unknown>
  const variableValues = operation.prepared.coerce(rawVariableValues)
  if (variableValues === undefined) return undefined
  const { kind, fields, isWithinLimits } = operation
  const args = { ...operation.args, contextValue, variableValues, rawVariableValues }
  contextValue.isWithinLimits = isWithinLimits
  return { kind, execute: () => (fields === undefined ? executeRootSelectionSet(args) : new KnownOperationExecutor(args, fields).executeRootSelectionSet()) }
}

/** Undefined for an operation that is not known, or that is left to yoga. */
function operationOf({ document, operations }: KnownDocument, operationName: string | null): KnownOperation | undefined {
  const known = operations.get(operationName)
  if (known !== undefined) return known
  const prepared = prepareOperation({ schema, document, operationName })
  if (prepared === undefined || prepared.operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined
  const args = prepared.validate({ schema, operationName: prepared.operation.name?.value })
  if (args === undefined) return undefined
  const fields = collectOnce(args)
  const isWithinLimits = fields !== undefined && isAlwaysWithinLimits(args)
  const made = { prepared, kind: workOf(prepared.operation.operation), args, fields, isWithinLimits }
  operations.set(operationName, made)
  return made
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Yoga decides which status and headers the errors ask for. */
async function answerErrors(response: ServerResponse, result: ExecutionResult): Promise<void> {
  const made = processRegularResult(result, globalThis, 'application/json')
  const { 'content-type': type = JSON_TYPE, ...headers } = Object.fromEntries(made.headers)
  respond(response, { status: made.status, type, body: await made.text(), headers })
}

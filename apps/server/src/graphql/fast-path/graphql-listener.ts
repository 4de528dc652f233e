import { NotAuthenticated, type Viewer } from '@tollgate/accounts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DocumentNode, type ExecutionResult, executeRootSelectionSet, getOperationAST, OperationTypeNode, type ValidatedExecutionArgs } from 'graphql'
import { type Plugin, processRegularResult } from 'graphql-yoga'
import { answer } from '../../http/answer.ts'
import type { GraphQLHandler } from '../../http/routes.ts'
import { boundedCache } from '../limits/bounded-cache.ts'
import { CACHED_DOCUMENT_LENGTH, CACHED_DOCUMENTS } from '../limits/limits.ts'
import { errorPresenter, presentResult } from '../errors/present-errors.ts'
import { schema } from '../schema.ts'
import { validateWithFastVariables } from './execute-with-fast-variables.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from '../yoga.ts'

/** A request as GraphQL over HTTP has it; its parts are not checked yet. */
interface GraphQLRequest {
  readonly query?: unknown
  readonly variables?: unknown
  readonly operationName?: unknown
  readonly extensions?: unknown
}

type JsonRequest = IncomingMessage & { readonly body?: GraphQLRequest }

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * GraphQL for node:http. Operations that came before and were found right are answered here, without yoga's requests
 * and responses, which cost a single event three times what its execution does. All else is yoga's: what is new, is not
 * a plain POST of a program, has a mistake or no key. Both answer the same; a test holds them to it.
 */
export function createGraphQLListener(options: GraphQLHandlerOptions): GraphQLHandler {
  const { tollgate, authenticator, logger } = options
  const documents = boundedCache<DocumentNode>({ entries: CACHED_DOCUMENTS, keyLength: CACHED_DOCUMENT_LENGTH })
  const present = errorPresenter(logger)
  const remember: Plugin = {
    onExecute({ args, context }) {
      // What comes to be executed was parsed, and is valid.
      const { query } = (context as { params?: GraphQLRequest }).params ?? {}
      if (typeof query === 'string') documents.set(query, args.document as DocumentNode)
    },
  }
  const yoga = createGraphQLHandler({ ...options, observers: [...(options.observers ?? []), remember] })

  return async (request: JsonRequest, response, { requestId }) => {
    const document = isPlainPost(request) ? documentOf(request.body) : undefined
    const viewer = document && (await authenticated(request))
    const execution = viewer && validated(document, request.body, { viewer, tollgate, requestId })
    if (execution === undefined) return yoga(request, response, { requestId })
    const result = await executeRootSelectionSet(execution)
    if (result.errors === undefined) return answer(response, { status: 200, type: JSON_TYPE, body: JSON.stringify(result) })
    return answerErrors(
      response,
      presentResult(result, error => present(error, requestId)),
    )
  }

  function documentOf({ query }: GraphQLRequest = {}): DocumentNode | undefined {
    return typeof query === 'string' ? documents.get(query) : undefined
  }

  /** Undefined where there is no good key, or none can be checked: yoga says so. */
  async function authenticated({ headers }: IncomingMessage): Promise<Viewer | undefined> {
    const viewer = await authenticator.authenticate(headers.authorization ?? null).catch(() => undefined)
    return viewer instanceof NotAuthenticated ? undefined : viewer
  }
}

/** Not of a browser, whose answers need more headers, and content with JSON. */
function isPlainPost({ method, url, headers: { origin, accept = '*/*' } }: IncomingMessage): boolean {
  return method === 'POST' && url === '/graphql' && origin === undefined && (accept === '*/*' || accept === 'application/json')
}

function validated(
  document: DocumentNode,
  { variables, operationName, extensions }: GraphQLRequest = {},
  contextValue: object,
): ValidatedExecutionArgs | undefined {
  if (extensions !== undefined || !isRecord(variables ?? {}) || !(typeof (operationName ?? '') === 'string')) return undefined
  const name = operationName as string | null | undefined
  const operation = getOperationAST(document, name)
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined
  return validateWithFastVariables({
    schema,
    document,
    contextValue,
    variableValues: (variables ?? {}) as Record<string, unknown>,
    operationName: name ?? null,
  })
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The status and the headers that errors ask for are yoga's business. */
async function answerErrors(response: ServerResponse, result: ExecutionResult): Promise<void> {
  const made = processRegularResult(result, globalThis, 'application/json')
  const { 'content-type': type = JSON_TYPE, ...headers } = Object.fromEntries(made.headers)
  answer(response, { status: made.status, type, body: await made.text(), headers })
}

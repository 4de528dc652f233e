import type { IncomingMessage, ServerResponse } from 'node:http'
import { GRAPHIQL_ASSETS } from '../http/paths.ts'
import { type ErrorResponse, respondError } from '../http/respond.ts'
import type { GraphQLHandler } from '../http/routes.ts'
import { answerKnownOperations } from './fast-path/answer-known-operations.ts'
import { asksForGraphiQL, graphiQLPage } from './graphiql/graphiql-page.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from './yoga.ts'

/** Options of GraphQL for node:http. */
export interface GraphQLListenerOptions extends GraphQLHandlerOptions {
  /** Whether to use the fast path. The answers are the same without it. Defaults to true. */
  readonly fastPath?: boolean
  /** Whether GraphiQL is served. Defaults to true. */
  readonly graphiql?: boolean
}

const NO_GRAPHIQL: ErrorResponse = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'This server does not serve GraphiQL. Send operations to /graphql by POST, or start the server with TOLLGATE_GRAPHIQL=1.',
}

const NO_ASSET: ErrorResponse = { status: 404, code: 'NOT_FOUND', message: 'GraphiQL has no such file. Load /graphql again.' }

/** For a year. The path of a file changes with its content. */
const KEEP = 'public, max-age=31536000, immutable'

/** Creates GraphQL for node:http: GraphiQL, and the fast path in front of yoga, or yoga alone. */
export function createGraphQLListener({ fastPath = true, graphiql = true, ...options }: GraphQLListenerOptions): GraphQLHandler {
  const answer = fastPath ? withFastPath(options) : createGraphQLHandler(options)
  return (request, response, known) => {
    const asset = request.url?.startsWith(GRAPHIQL_ASSETS) === true
    if (!asset && !asksForGraphiQL(request)) return answer(request, response, known)
    return graphiql ? sendGraphiQL(request, response, asset) : respondError(response, NO_GRAPHIQL)
  }
}

async function sendGraphiQL(request: IncomingMessage, response: ServerResponse, asset: boolean): Promise<void> {
  const { page, assets, contentSecurityPolicy } = await graphiQLPage()
  if (!asset) return page.send(request, response, { 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-cache' })
  const file = assets.get(request.url ?? '')
  return file === undefined ? respondError(response, NO_ASSET) : file.send(request, response, { 'cache-control': KEEP })
}

function withFastPath(options: GraphQLHandlerOptions): GraphQLHandler {
  return answerKnownOperations({
    ...options,
    createHandler: plugins => createGraphQLHandler({ ...options, plugins: [...plugins, ...(options.plugins ?? [])] }),
  })
}

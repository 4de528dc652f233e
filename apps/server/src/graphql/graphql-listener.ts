import { respond } from '../http/respond.ts'
import type { GraphQLHandler } from '../http/routes.ts'
import { answerKnownOperations } from './fast-path/answer-known-operations.ts'
import { asksForGraphiQL, graphiQLPage } from './graphiql-page.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from './yoga.ts'

/** Options of GraphQL for node:http. */
export interface GraphQLListenerOptions extends GraphQLHandlerOptions {
  /** Whether to use the fast path. The answers are the same without it. Defaults to true. */
  readonly fastPath?: boolean
}

/** Creates GraphQL for node:http: GraphiQL, and the fast path in front of yoga, or yoga alone. */
export function createGraphQLListener({ fastPath = true, ...options }: GraphQLListenerOptions): GraphQLHandler {
  const answer = fastPath ? withFastPath(options) : createGraphQLHandler(options)
  return async (request, response, known) => {
    if (!asksForGraphiQL(request)) return answer(request, response, known)
    respond(response, { status: 200, type: 'text/html', body: await graphiQLPage() })
  }
}

function withFastPath(options: GraphQLHandlerOptions): GraphQLHandler {
  return answerKnownOperations({
    ...options,
    createHandler: plugins => createGraphQLHandler({ ...options, plugins: [...plugins, ...(options.plugins ?? [])] }),
  })
}

import type { GraphQLHandler } from '../http/routes.ts'
import { answerKnownOperations } from './fast-path/answer-known-operations.ts'
import { createGraphQLHandler, type GraphQLHandlerOptions } from './yoga.ts'

/** Options of GraphQL for node:http. */
export interface GraphQLListenerOptions extends GraphQLHandlerOptions {
  /** Whether to use the fast path. The answers are the same without it. Defaults to true. */
  readonly fastPath?: boolean
}

/** Creates GraphQL for node:http: the fast path in front of yoga, or yoga alone. */
export function createGraphQLListener({ fastPath = true, ...options }: GraphQLListenerOptions): GraphQLHandler {
  if (!fastPath) return createGraphQLHandler(options)
  return answerKnownOperations({
    ...options,
    createHandler: plugins => createGraphQLHandler({ ...options, plugins: [...plugins, ...(options.plugins ?? [])] }),
  })
}

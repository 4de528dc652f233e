import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Authenticate } from '../accounts/authenticate.ts'
import type { Tollgate } from '../compose.ts'
import type { GraphQLContext } from './context.ts'
import { schema } from './schema.ts'

/** What the HTTP layer hands on with a request. */
export interface RequestContext {
  /** Where given, log lines about the request carry it. */
  readonly requestId?: string
}

/** What GraphQL is served from. */
export interface GraphQLHandlerOptions {
  readonly tollgate: Pick<Tollgate, 'usage' | 'pricing' | 'accounts'>
  readonly authenticate: Authenticate
  readonly logger: Logger
}

/** GraphQL over HTTP as a fetch handler, `(request, { requestId }) => Response`. Whoever mounts it limits the size of bodies. */
export function createGraphQLHandler({ tollgate, authenticate, logger }: GraphQLHandlerOptions): YogaServerInstance<RequestContext, GraphQLContext> {
  return createYoga<RequestContext, GraphQLContext>({ schema })
}

import type { Authenticator } from '@tollgate/accounts'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import { authenticateRequests, type RequestContext } from './authenticate-requests.ts'
import { boundedCache } from './limits/bounded-cache.ts'
import type { GraphQLContext, Services } from './context.ts'
import type { LiveServing } from './live/live-serving.ts'
import { serveSubscriptions } from './live/serve-subscriptions.ts'
import { limitDocuments } from './limits/limit-documents.ts'
import { CACHED_DOCUMENTS, CACHED_DOCUMENT_LENGTH } from './limits/limits.ts'
import { errorPresenter, presentErrors } from './errors/present-errors.ts'
import { schema } from './schema.ts'
import { executeWithFastVariables } from './fast-path/execute-with-fast-variables.ts'
import { WELCOME_DOCUMENT } from './welcome-document.ts'

/** What GraphQL is served from. */
export interface GraphQLHandlerOptions {
  readonly tollgate: Services
  readonly authenticator: Authenticator
  readonly logger: Logger
  /** Without it there are no subscriptions. */
  readonly serving?: LiveServing | undefined
  /** Look on; put behind the plugins that are always there. */
  readonly observers?: readonly Plugin[]
}

/** GraphQL over HTTP as a fetch handler, `(request, { requestId }) => Response`. Whoever mounts it limits the size of bodies. */
export function createGraphQLHandler({
  tollgate,
  authenticator,
  logger,
  serving,
  observers = [],
}: GraphQLHandlerOptions): YogaServerInstance<RequestContext, Pick<GraphQLContext, 'tollgate' | 'live'>> {
  const cache = () => boundedCache<never>({ entries: CACHED_DOCUMENTS, keyLength: CACHED_DOCUMENT_LENGTH })
  const present = errorPresenter(logger)
  return createYoga<RequestContext, Pick<GraphQLContext, 'tollgate' | 'live'>>({
    schema,
    // Whatever is not GraphQL is answered elsewhere.
    landingPage: false,
    healthCheckEndpoint: '/graphql/health',
    graphiql: { title: 'Tollgate', defaultQuery: WELCOME_DOCUMENT, defaultHeaders: '{\n  "Authorization": "Bearer "\n}' },
    // From this server, not from a CDN: it works without internet, and no code of others sees the keys that are typed in.
    // Nine megabytes, so only once somebody looks.
    renderGraphiQL: async options => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    // Keys are sent in a header, never in a cookie, so that a page of another origin can do no more than its own key may.
    cors: { origin: '*', credentials: false, methods: ['GET', 'POST', 'OPTIONS'] },
    multipart: false,
    batching: false,
    maxRequestBodySize: false,
    parserAndValidationCache: { documentCache: cache(), errorCache: cache() },
    context: () => ({ tollgate, ...(serving && { live: serving.live }) }),
    plugins: [
      authenticateRequests(authenticator, logger),
      limitDocuments(),
      presentErrors(present),
      executeWithFastVariables(),
      ...(serving ? [serveSubscriptions({ operations: serving.operations, present })] : []),
      ...observers,
    ],
    // What is thrown outside of the execution; the presenter logs it, so that yoga need not.
    maskedErrors: { maskError: error => present(error) },
    logging: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
}

function ignore(): void {}

import type { Authenticator } from '@tollgate/accounts'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import { authenticateRequests, type RequestContext } from './authenticate-requests.ts'
import { boundedCache } from './limits/bounded-cache.ts'
import type { GraphQLContext, Services } from './context.ts'
import { executeWithCoercion } from './coercion/execute-with-coercion.ts'
import { readExactVariables } from './coercion/read-exact-variables.ts'
import { validateOutsideKeptLiterals } from './coercion/validate-outside-kept-literals.ts'
import type { LiveServing } from './live/live-serving.ts'
import { serveSubscriptions } from './live/serve-subscriptions.ts'
import { forbidIntrospection } from './limits/forbid-introspection.ts'
import { limitDocuments } from './limits/limit-documents.ts'
import { CACHED_DOCUMENTS, CACHED_DOCUMENT_LENGTH } from './limits/query-limits.ts'
import { errorPresenter, presentErrors } from './errors/present-errors.ts'
import type { PersistedOperationsSettings } from './persisted/read-persisted-operations.ts'
import { DOCUMENT_ID, servePersistedOperations } from './persisted/serve-persisted-operations.ts'
import { schema } from './schema.ts'

/** What a GraphQL handler needs. */
export interface GraphQLHandlerOptions {
  readonly tollgate: Services
  readonly authenticator: Authenticator
  readonly logger: Logger
  /** Serves subscriptions. Without it there are none. */
  readonly serving?: LiveServing | undefined
  /** Whether clients can read the schema. Without it, errors suggest no names of the schema either. Defaults to true. */
  readonly introspection?: boolean
  /** Operations that clients send by their hash. Defaults to none. */
  readonly persisted?: PersistedOperationsSettings | undefined
  /** More plugins. They run after those of every handler. */
  readonly plugins?: readonly Plugin[]
}

/** Creates GraphQL over HTTP as a fetch handler, `(request, { requestId }) => Response`. The caller limits the size of bodies. */
export function createGraphQLHandler({
  tollgate,
  authenticator,
  logger,
  serving,
  introspection = true,
  persisted,
  plugins = [],
}: GraphQLHandlerOptions): YogaServerInstance<RequestContext, Pick<GraphQLContext, 'tollgate' | 'live'>> {
  const cache = () => boundedCache<never>({ entries: CACHED_DOCUMENTS, keyLength: CACHED_DOCUMENT_LENGTH })
  const present = errorPresenter(logger)
  const suggestions = introspection
  return createYoga<RequestContext, Pick<GraphQLContext, 'tollgate' | 'live'>>({
    schema,
    // Other paths have their own handlers.
    landingPage: false,
    healthCheckEndpoint: '/graphql/health',
    graphiql: false,
    // All responses of the server have the same headers for pages of other origins.
    cors: false,
    multipart: false,
    ...(persisted && { extraParamNames: [DOCUMENT_ID] }),
    batching: false,
    maxRequestBodySize: false,
    parserAndValidationCache: { documentCache: cache(), errorCache: cache() },
    context: () => ({ tollgate, ...(serving && { live: serving.live }) }),
    plugins: [
      authenticateRequests({ authenticator, attempts: tollgate.attempts, logger }, persisted),
      ...(persisted ? [servePersistedOperations(persisted)] : []),
      limitDocuments(),
      presentErrors(present),
      readExactVariables(),
      ...(introspection ? [] : [forbidIntrospection()]),
      validateOutsideKeptLiterals({ suggestions }),
      executeWithCoercion({ suggestions }),
      ...(serving ? [serveSubscriptions({ operations: serving.operations, present, suggestions })] : []),
      ...plugins,
    ],
    // For errors outside of execution. The presenter logs them, so yoga does not.
    maskedErrors: { maskError: error => present(error) },
    logging: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
}

function ignore(): void {}

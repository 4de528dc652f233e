import { type Authenticator, NotAuthenticated, TooManyAttempts, type Viewer } from '@tollgate/accounts'
import { isDatabaseUnavailable } from '@tollgate/postgres'
import { type DocumentNode, getOperationAST, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { AttemptLog } from '../features/audit/attempts/attempt-log.ts'
import { recordRefusedKey, type RefusedRequest } from './record-refused-key.ts'
import { uncheckableKey } from '../http/refusals.ts'
import type { GraphQLContext } from './context.ts'
import { boundedCache } from './limits/bounded-cache.ts'
import { createWorkBudget, type WorkBudget } from '../process/work-budget.ts'
import type { PersistedOperationsSettings } from './persisted/read-persisted-operations.ts'
import { viewerName } from './viewer-name.ts'
import { networkOf } from '../http/network-of.ts'
import { worksOffline } from './works-offline.ts'

/** What the HTTP layer adds to a request. */
export interface RequestContext {
  /** The id in log lines about the request. */
  readonly requestId?: string
  /** The address that the request came from. */
  readonly address?: string
  /** Who sent the request, if that is known already: the sender of a body is identified before the body is read. */
  authentication?: Viewer | NotAuthenticated
}

/** The sender of a request, identified before its query is read. */
export interface Authenticated extends RequestContext {
  /** The header that identified it. */
  authorization?: string | null
}

/** What requests are authenticated with. */
export interface AuthenticationDependencies {
  readonly authenticator: Authenticator
  readonly attempts: AttemptLog
  readonly logger: Logger
}

/**
 * Authenticates a request before its query is read, and rejects an invalid key at once. Without a key only the schema can
 * be queried, and only so much, so that GraphiQL works before a key is entered; a tenant may take only so much time for new
 * documents. While the database is down, keys that were valid before can still be used for what works offline.
 */
export function authenticateRequests(
  { authenticator, attempts, logger }: AuthenticationDependencies,
  persisted?: PersistedOperationsSettings,
): Plugin<Authenticated, Authenticated, GraphQLContext> {
  const keyless = createWorkBudget(KEYLESS_WORK)
  const ofTenants = boundedCache<WorkBudget>({ entries: MAX_TENANTS_COUNTED, keyLength: Number.POSITIVE_INFINITY })
  /** Returns the budget of the sender. Operators have none. */
  const budgetOf = ({ authentication }: Authenticated): WorkBudget | undefined => {
    if (authentication instanceof NotAuthenticated) return keyless
    if (authentication?.kind !== 'tenant') return undefined
    const budget = ofTenants.get(authentication.tenantId) ?? createWorkBudget(TENANT_DOCUMENTS)
    ofTenants.set(authentication.tenantId, budget)
    return budget
  }
  /** Counts work until the returned function is called. */
  const count = (budget: WorkBudget | undefined) => {
    const startedAt = performance.now()
    return budget && (() => budget.spend(performance.now() - startedAt))
  }
  return {
    onParse: ({ context }) => count(budgetOf(context)),
    onValidate: ({ context }) => count(budgetOf(context)),
    async onParams({ request, params, context, setResult }) {
      try {
        context.authorization = request.headers.get('authorization')
        const authentication = context.authentication ?? (await authenticator.authenticate(context.authorization, networkOf(context.address)))
        context.authentication = authentication
        const isMissing = authentication instanceof NotAuthenticated && authentication.reason === 'missing'
        if (authentication instanceof NotAuthenticated && !isMissing) {
          recordRefusedKey(attempts, authentication, refusedRequest(context, request))
          setResult({ errors: [toGraphQLError(authentication)] })
        } else if (budgetOf(context)?.hasLeft() === false) {
          const error = tooMuchWork(isMissing ? NO_KEY : TOO_MANY_DOCUMENTS)
          recordTooMuchWork(attempts, error, { ...context, authentication, request })
          setResult({ errors: [error] })
        }
      } catch (error) {
        const known =
          isDatabaseUnavailable(error) && worksOffline(params, persisted) ? authenticator.authenticateOffline(context.authorization ?? null) : undefined
        if (known !== undefined) return void (context.authentication = known)
        recordRefusedKey(attempts, error, refusedRequest(context, request))
        if (!(error instanceof TooManyAttempts)) logger.error({ err: error, requestId: context.requestId }, 'A request could not be authenticated.')
        setResult({ errors: [uncheckable(error)] })
      }
    },
    onExecute({ args, context, extendContext, setResultAndStopExecution }) {
      const { document, operationName } = args as { document: DocumentNode; operationName?: string | null }
      const { authentication = new NotAuthenticated('missing') } = context
      if (!(authentication instanceof NotAuthenticated)) extendContext({ viewer: authentication })
      else if (!readsOnlySchema(document, operationName)) setResultAndStopExecution({ errors: [toGraphQLError(authentication)] })
      const counted = authentication instanceof NotAuthenticated ? count(keyless) : undefined
      return counted && { onExecuteDone: counted }
    },
    onSubscribe({ context, extendContext, setResultAndStopExecution }) {
      const { authentication = new NotAuthenticated('missing') } = context
      if (authentication instanceof NotAuthenticated) setResultAndStopExecution({ errors: [toGraphQLError(authentication)] })
      else extendContext({ viewer: authentication })
    },
  }
}

function refusedRequest({ authorization, requestId, address }: Authenticated, request: Request): RefusedRequest {
  return { authorization, requestId, address, userAgent: request.headers.get('user-agent') }
}

/** Without a key, in the log of the installation. */
function recordTooMuchWork(
  attempts: AttemptLog,
  { message }: GraphQLError,
  { authentication, requestId, address, request }: Authenticated & { readonly request: Request },
): void {
  const viewer = authentication instanceof NotAuthenticated ? undefined : authentication
  attempts.record({
    tenantId: viewer?.kind === 'tenant' ? viewer.tenantId : null,
    actor: { kind: 'key', id: viewer === undefined ? null : viewerName(viewer) },
    family: 'security',
    action: 'rateLimited',
    result: 'denied',
    code: 'TOO_MANY_REQUESTS',
    errorMessage: message,
    requestId: requestId ?? null,
    ipAddress: address ?? null,
    userAgent: request.headers.get('user-agent'),
  })
}

function toGraphQLError({ code, message }: NotAuthenticated): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } } } })
}

/** What requests without a key may do together: a twentieth of the time, and enough at once for a few introspections. */
const KEYLESS_WORK = { share: 0.05, burstMs: 1_000 }

/** How much of the time a tenant may take for documents that are not known yet: they are parsed and validated first. */
const TENANT_DOCUMENTS = { share: 0.25, burstMs: 2_000 }
const MAX_TENANTS_COUNTED = 10_000

const NO_KEY = 'There are too many requests without an API key. Send the header "Authorization: Bearer <key>", or try again in a moment.'
const TOO_MANY_DOCUMENTS =
  'Your documents take too much time to validate. Send the same documents again with other variables, or simpler ones, or try again in a moment.'

function tooMuchWork(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'TOO_MANY_REQUESTS', http: { status: 429, headers: { 'Retry-After': '1' } } } })
}

/** Returns the error of a request whose key could not be checked. */
function uncheckable(cause: unknown): GraphQLError {
  const { status, code, message, retryAfterMs, headers = {} } = uncheckableKey(cause)
  return new GraphQLError(message, { extensions: { code, ...(retryAfterMs !== undefined && { retryAfterMs }), http: { status, headers } } })
}

const INTROSPECTION = new Set(['__schema', '__type', '__typename'])

/** Returns whether an operation reads only the schema. One with fragments at its root does not count, and needs a key. */
function readsOnlySchema(document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation: OperationDefinitionNode | null | undefined = getOperationAST(document, operationName)
  return operation?.selectionSet.selections.every(selection => selection.kind === Kind.FIELD && INTROSPECTION.has(selection.name.value)) ?? false
}

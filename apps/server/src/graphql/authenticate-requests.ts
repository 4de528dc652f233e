import { type Authenticator, NotAuthenticated, type Viewer } from '@tollgate/accounts'
import { isDatabaseUnavailable } from '@tollgate/postgres'
import { type DocumentNode, getOperationAST, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { uncheckableKey } from '../http/uncheckable-key.ts'
import type { GraphQLContext } from './context.ts'
import { createWorkBudget } from './limits/work-budget.ts'
import { worksOffline } from './works-offline.ts'

/** What the HTTP layer adds to a request. */
export interface RequestContext {
  /** The id in log lines about the request. */
  readonly requestId?: string
  /** Who sent the request, if that is known already: the sender of a body is identified before the body is read. */
  authentication?: Viewer | NotAuthenticated
}

/** The sender of a request, identified before its query is read. */
export interface Authenticated extends RequestContext {
  /** The header that identified it. */
  authorization?: string | null
}

/**
 * Authenticates a request before its query is read, and rejects an invalid key at once. Without a key only the schema can
 * be queried, and only so much, so that GraphiQL works before a key is entered. While the database is down, keys that were valid before can
 * still be used for what works offline.
 */
export function authenticateRequests(authenticator: Authenticator, logger: Logger): Plugin<Authenticated, Authenticated, GraphQLContext> {
  const keyless = createWorkBudget(KEYLESS_WORK)
  /** Counts the work of a request without a key until the returned function is called. */
  const count = ({ authentication }: Authenticated) => {
    if (!(authentication instanceof NotAuthenticated)) return undefined
    const startedAt = performance.now()
    return () => keyless.spend(performance.now() - startedAt)
  }
  return {
    onParse: ({ context }) => count(context),
    onValidate: ({ context }) => count(context),
    async onParams({ request, params, context, setResult }) {
      try {
        context.authorization = request.headers.get('authorization')
        const authentication = context.authentication ?? (await authenticator.authenticate(context.authorization))
        context.authentication = authentication
        if (!(authentication instanceof NotAuthenticated)) return
        if (authentication.reason !== 'missing') setResult({ errors: [toGraphQLError(authentication)] })
        else if (!keyless.hasLeft()) setResult({ errors: [tooMuchKeylessWork()] })
      } catch (error) {
        const known = isDatabaseUnavailable(error) && worksOffline(params) ? authenticator.authenticateOffline(context.authorization ?? null) : undefined
        if (known !== undefined) return void (context.authentication = known)
        logger.error({ err: error, requestId: context.requestId }, 'A request could not be authenticated.')
        setResult({ errors: [uncheckable(error)] })
      }
    },
    onExecute({ args, context, extendContext, setResultAndStopExecution }) {
      const { document, operationName } = args as { document: DocumentNode; operationName?: string | null }
      const { authentication = new NotAuthenticated('missing') } = context
      if (!(authentication instanceof NotAuthenticated)) extendContext({ viewer: authentication })
      else if (!readsOnlySchema(document, operationName)) setResultAndStopExecution({ errors: [toGraphQLError(authentication)] })
      const counted = count(context)
      return counted && { onExecuteDone: counted }
    },
    onSubscribe({ context, extendContext, setResultAndStopExecution }) {
      const { authentication = new NotAuthenticated('missing') } = context
      if (authentication instanceof NotAuthenticated) setResultAndStopExecution({ errors: [toGraphQLError(authentication)] })
      else extendContext({ viewer: authentication })
    },
  }
}

function toGraphQLError({ code, message }: NotAuthenticated): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } } } })
}

/** What requests without a key may do together: a twentieth of the time, and enough at once for a few introspections. */
const KEYLESS_WORK = { share: 0.05, burstMs: 2_000 }

function tooMuchKeylessWork(): GraphQLError {
  const message = 'There are too many requests without an API key. Send the header "Authorization: Bearer <key>", or try again in a moment.'
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

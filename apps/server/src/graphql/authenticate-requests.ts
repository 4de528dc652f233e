import { type Authenticator, NotAuthenticated, type Viewer } from '@tollgate/accounts'
import { isDatabaseUnavailable } from '@tollgate/postgres'
import { type DocumentNode, getOperationAST, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { GraphQLContext } from './context.ts'
import { worksOffline } from './works-offline.ts'

/** What the HTTP layer hands on with a request. */
export interface RequestContext {
  /** Where given, log lines about the request carry it. */
  readonly requestId?: string
}

/** What is found out about the sender before the query is looked at. */
export interface Authenticated extends RequestContext {
  authentication?: Viewer | NotAuthenticated
  /** The header that it was found out from. */
  authorization?: string | null
}

/**
 * Finds out who sent a request before anything of its query is looked at. A bad key is refused at once. Without a key
 * only the schema can be looked at, so that GraphiQL works before one is typed in. Where keys cannot be read, quotas can
 * still be asked with one that was good: their policies say what is answered then.
 */
export function authenticateRequests(authenticator: Authenticator, logger: Logger): Plugin<Authenticated, Authenticated, GraphQLContext> {
  return {
    async onParams({ request, params, context, setResult }) {
      try {
        context.authorization = request.headers.get('authorization')
        const authentication = await authenticator.authenticate(context.authorization)
        context.authentication = authentication
        if (authentication instanceof NotAuthenticated && authentication.reason !== 'missing') setResult({ errors: [toGraphQLError(authentication)] })
      } catch (error) {
        const known = isDatabaseUnavailable(error) && worksOffline(params) ? authenticator.authenticateOffline(context.authorization ?? null) : undefined
        if (known !== undefined) return void (context.authentication = known)
        logger.error({ err: error, requestId: context.requestId }, 'A request could not be authenticated.')
        setResult({ errors: [unavailable()] })
      }
    },
    onExecute({ args, context, extendContext, setResultAndStopExecution }) {
      const { document, operationName } = args as { document: DocumentNode; operationName?: string | null }
      const { authentication = new NotAuthenticated('missing') } = context
      if (!(authentication instanceof NotAuthenticated)) extendContext({ viewer: authentication })
      else if (!onlyLooksAtSchema(document, operationName)) setResultAndStopExecution({ errors: [toGraphQLError(authentication)] })
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

function unavailable(): GraphQLError {
  const message = 'API keys cannot be checked: the database does not answer. Try again in a moment.'
  return new GraphQLError(message, { extensions: { code: 'UNAVAILABLE', http: { status: 503, headers: { 'Retry-After': '1' } } } })
}

const INTROSPECTION = new Set(['__schema', '__type', '__typename'])

/** A fragment at the root counts as more than the schema: who needs one there has a key. */
function onlyLooksAtSchema(document: DocumentNode, operationName: string | null | undefined): boolean {
  const operation: OperationDefinitionNode | null | undefined = getOperationAST(document, operationName)
  return operation?.selectionSet.selections.every(selection => selection.kind === Kind.FIELD && INTROSPECTION.has(selection.name.value)) ?? false
}

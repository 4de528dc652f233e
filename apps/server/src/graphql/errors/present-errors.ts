import { asDatabaseBusy, CommitOutcomeUnknown, isDatabaseUnavailable, refusedValue } from '@tollgate/postgres'
import { type DomainError, InvalidInput, isDomainError } from '@tollgate/kernel'
import { type ExecutionResult, GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { RequestContext } from '../authenticate-requests.ts'
import { issueCode, issuePath } from './issue-code.ts'

/** Turns a thrown error into one that a client may see. */
export type ErrorPresenter = (error: unknown, requestId?: string) => GraphQLError

const REFUSED = {
  text: 'A text of the request cannot be stored: it has a NUL character or half of a surrogate pair.',
  size: 'The request is too large or too complex for the database. Send less in one request.',
} as const

/**
 * Domain errors keep their code and message. GraphQL's own errors about a request become INVALID_INPUT, a database that is
 * down becomes DATABASE_UNAVAILABLE, a busy one OVERLOADED with a retry delay, and a value that the database refuses
 * INVALID_INPUT. Anything else is a defect: it is logged with its stack, and the client gets only the request id.
 */
export function errorPresenter(logger: Logger): ErrorPresenter {
  return (error, requestId) => {
    const cause = causeOf(error)
    const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
    const busy = asDatabaseBusy(cause)
    if (busy !== undefined) {
      logger.warn(
        { reason: (busy.cause as Error | undefined)?.message ?? busy.message, requestId, path: place.path },
        'A request was refused because the database is busy.',
      )
      return new GraphQLError(busy.message, { ...place, extensions: { code: busy.code, retryAfterMs: busy.retryAfterMs } })
    }
    if (isDomainError(cause) && !isDatabaseUnavailable(cause)) return new GraphQLError(cause.message, { ...place, extensions: extensionsOf(cause) })
    if (cause instanceof GraphQLError) return cause.extensions['code'] === undefined ? withCode(cause, 'INVALID_INPUT') : cause
    if (isDatabaseUnavailable(cause)) {
      logger.warn({ reason: (cause as Error).message, requestId, path: place.path }, 'A request failed because the database does not respond.')
      const message = cause instanceof CommitOutcomeUnknown ? OUTCOME_UNKNOWN : 'The database does not respond. Try again in a moment.'
      return new GraphQLError(message, { ...place, extensions: { code: 'DATABASE_UNAVAILABLE' } })
    }
    const refused = refusedValue(cause)
    if (refused !== undefined) {
      logger.warn({ reason: (cause as Error).message, requestId, path: place.path }, 'The database refused a value of a request.')
      return new GraphQLError(REFUSED[refused], { ...place, extensions: { code: 'INVALID_INPUT' } })
    }
    logger.error({ err: cause, requestId, path: place.path }, 'A request failed unexpectedly.')
    return new GraphQLError('Internal error; it was logged.', {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true, ...(requestId !== undefined && { requestId }) },
    })
  }
}

const OUTCOME_UNKNOWN =
  'The database stopped responding. A change may or may not have been made: read it again, or send it again with the same idempotency key.'

function extensionsOf(error: DomainError): GraphQLErrorExtensions {
  return {
    code: error.code,
    ...(error instanceof InvalidInput && { issues: error.issues.map(issue => ({ path: issuePath(issue), code: issueCode(issue), message: issue.message })) }),
    ...('retryAfterMs' in error && { retryAfterMs: error.retryAfterMs }),
  }
}

/** Presents the errors of executed operations to clients. */
export function presentErrors(present: ErrorPresenter): Plugin<RequestContext> {
  return {
    onExecute: ({ context }) => ({
      onExecuteDone({ result, setResult }) {
        if ('errors' in result && result.errors !== undefined) setResult(presentResult(result, error => present(error, context.requestId)))
      },
    }),
  }
}

/** Returns a result with its errors presented. */
export function presentResult(result: ExecutionResult, present: (error: unknown) => GraphQLError): ExecutionResult {
  return result.errors === undefined ? result : { ...result, errors: result.errors.map(present) }
}

/** Returns the error that a resolver threw, which GraphQL wraps to add the path. GraphQL's own errors are returned unchanged. */
function causeOf(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.cause !== undefined) cause = cause.cause
  return cause instanceof GraphQLError ? error : cause
}

function withCode({ message, nodes, source, positions, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, code } })
}

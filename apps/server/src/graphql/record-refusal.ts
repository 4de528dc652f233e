import { isDomainError } from '@tollgate/kernel'
import { asDatabaseBusy } from '@tollgate/postgres'
import type { Attempt } from '../features/audit/attempts/attempt-log.ts'
import { clientAddress } from '../http/client-address.ts'
import type { GraphQLContext } from './context.ts'
import { viewerName } from './viewer-name.ts'

/** The event types of refusals, by the code of the error. */
const ACTIONS: Readonly<Record<string, string>> = {
  FORBIDDEN: 'permissionDenied',
  OVERLOADED: 'rateLimited',
  TOO_MANY_REQUESTS: 'rateLimited',
  TOO_MANY_ATTEMPTS: 'rateLimited',
}

/** Who attempted something, and where attempts are recorded. */
export type AttemptContext = Pick<GraphQLContext, 'viewer' | 'requestId' | 'req'> & { readonly tollgate: Pick<GraphQLContext['tollgate'], 'attempts'> }

/** Records an operation whose error says that it was refused. Other errors are not recorded. */
export function recordRefusal(error: unknown, operation: string, context: AttemptContext): void {
  const refusal = asDatabaseBusy(error) ?? error
  if (!isDomainError(refusal)) return
  const action = ACTIONS[refusal.code]
  if (action === undefined) return
  recordAttempt(context, { family: 'security', action, result: 'denied', code: refusal.code, errorMessage: `${operation}: ${refusal.message}` })
}

/** Records an attempt of the viewer, in the log of its tenant; of an operator, in the one that is given, or that of the installation. */
export function recordAttempt(
  { viewer, tollgate, requestId, req }: AttemptContext,
  { tenantId, ...attempt }: Pick<Attempt, 'family' | 'action' | 'result' | 'code' | 'errorMessage'> & { readonly tenantId?: string },
): void {
  tollgate.attempts.record({
    ...attempt,
    tenantId: viewer.kind === 'tenant' ? viewer.tenantId : (tenantId ?? null),
    actor: { kind: 'key', id: viewerName(viewer) },
    requestId: requestId ?? null,
    ipAddress: req === undefined ? null : clientAddress(req),
    userAgent: req?.headers['user-agent'] ?? null,
  })
}

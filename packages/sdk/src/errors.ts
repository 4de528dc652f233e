import type { QuotaDecision, QuotaRefusal } from './model/quota-decision.ts'

/** An error of this package. `code` is stable; `message` is for people. */
export class TollgateError<Code extends string = string> extends Error {
  readonly code: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TollgateError'
    this.code = code
  }
}

/**
 * Why an engine did not do what was asked.
 * - `UNAVAILABLE`: it may work later. Sending the same again is safe for everything that has an idempotency key.
 * - `UNAUTHENTICATED`: the API key is missing, unknown or revoked. It works again when somebody mends the key.
 * - `INCOMPATIBLE`: the URL leads elsewhere, or to a server of another version.
 * - `TOO_LARGE`: the batch is too large as a whole.
 * - `FORBIDDEN`: the API key may not do it, or there is no such tenant. That does not depend on the events.
 * - `REFUSED`: it will not work later either.
 */
export type EngineFailureCode = 'UNAVAILABLE' | 'UNAUTHENTICATED' | 'INCOMPATIBLE' | 'TOO_LARGE' | 'FORBIDDEN' | 'REFUSED'

/** An engine did not do what was asked. */
export class EngineFailure extends TollgateError<EngineFailureCode> {
  /** How long to wait, if the engine said it. */
  readonly retryAfterMs: number | undefined
  /** True if the engine certainly did nothing, so that any request can be sent again. */
  readonly nothingDone: boolean

  constructor(code: EngineFailureCode, message: string, { retryAfterMs, nothingDone = false, ...options }: EngineFailureOptions = {}) {
    super(code, message, options)
    this.retryAfterMs = retryAfterMs
    this.nothingDone = nothingDone
  }
}

/** Details of an engine failure. */
export interface EngineFailureOptions extends ErrorOptions {
  readonly retryAfterMs?: number | undefined
  readonly nothingDone?: boolean | undefined
}

/** Quotas refuse the work. Respond with HTTP status `status`, and `Retry-After` if `retryAfterMs` is known. */
export class QuotaExceeded extends TollgateError<'QUOTA_EXCEEDED'> {
  readonly status = 429
  readonly decision: QuotaDecision
  /** When the same work may fit, in milliseconds. Null if waiting does not help. */
  readonly retryAfterMs: number | null

  constructor(decision: QuotaDecision) {
    super('QUOTA_EXCEEDED', describe(decision))
    this.decision = decision
    const delays = decision.results.filter(({ allowed }) => !allowed).map(({ retryAfterMs }) => retryAfterMs)
    this.retryAfterMs = delays.every(delay => delay !== null) ? Math.max(0, ...delays) : null
  }
}

/** Whether an error is `QuotaExceeded`, also of another copy of this package. */
export function isQuotaExceeded(error: unknown): error is QuotaExceeded {
  return error instanceof Error && 'code' in error && error.code === 'QUOTA_EXCEEDED' && 'decision' in error
}

const REFUSALS: Readonly<Record<Exclude<QuotaRefusal, 'OVER_LIMIT' | 'TOO_FEW_CREDITS' | 'UNREACHABLE'>, string>> = {
  HOLD_TOO_LARGE: 'does not allow a reservation of this size. Reserve less, or split the work.',
  UNKNOWN_AMOUNT: 'denies requests of an unknown amount. Pass an estimate.',
  NO_POLICY: 'does not exist, and the plan of the tenant denies what it does not list. Add the quota to the plan.',
  STORE_FAILURE: 'cannot be checked: the database of Tollgate does not answer, and the limit is set to deny then. Try again later.',
}

function describe({ results }: QuotaDecision): string {
  // The others are refused only because this one is.
  const refused = results.find(({ refusal }) => refusal !== null)
  if (refused === undefined) return 'The quota is used up.'
  const { metric, operation, refusal, limit, remaining, resetsAt } = refused
  const quota = `The quota of ${metric.toLowerCase()}${operation === null ? '' : ` for "${operation}"`}`
  if (refusal === 'UNREACHABLE') return `${quota} cannot be checked: Tollgate does not answer, and the limit is set to deny then. Try again later.`
  if (refusal === 'TOO_FEW_CREDITS') return `The wallet has too few credits: ${remaining ?? '0'} can be spent. Add credits, or request less.`
  if (refusal !== null && refusal !== 'OVER_LIMIT') return `${quota} ${REFUSALS[refusal]}`
  return `${quota} is used up: ${remaining ?? '0'} of ${limit ?? 'unlimited'} remain${resetsAt === null ? '' : `; it resets at ${resetsAt}`}.`
}

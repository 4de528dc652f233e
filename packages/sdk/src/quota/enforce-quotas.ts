import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { invalid, oneOf } from '../engine/read-input.ts'
import { currentMetadata, mergeMetadata, metadataOf } from '@tollgate/metadata'
import { callIdOf } from '../engine/call-id.ts'
import { EngineFailure, QuotaExceeded } from '../errors.ts'
import type { QuotaDecision, QuotaRequest } from '../model/quota-decision.ts'
import type { EnforceOptions, QuotaContext, Reservation, ReserveOptions } from '../reservation.ts'
import type { EngineCall, QuotaQuestion } from '../tollgate-engine.ts'
import { amountsOf } from './amounts.ts'
import { decideUnavailable } from './decide-unavailable.ts'
import { holdReservation } from './hold-reservation.ts'
import type { QuotaDependencies } from './quota-dependencies.ts'

const DEFAULT_TTL_SECONDS = 60
const CONTEXT = { metadata: 'anything?', provider: 'text?', model: 'text?', tenantId: 'text?', whenUnavailable: 'text?' } as const
const ENFORCE: InputRules<EnforceOptions> = { ...CONTEXT, consume: 'boolean?' }
const RESERVE: InputRules<ReserveOptions> = { ...CONTEXT, ttlSeconds: 'number?', heartbeat: 'boolean?' }

/** Decides about requests. Rejects only if the requests are invalid. */
export async function enforceQuotas(dependencies: QuotaDependencies, requests: readonly QuotaRequest[], options: EnforceOptions = {}): Promise<QuotaDecision> {
  const { engine, platform } = dependencies
  checkInput(ENFORCE, options)
  const consume = options.consume ?? false
  const question = {
    ...questionOf(dependencies, requests, options),
    ...(consume && { consume, idempotencyKey: callIdOf(platform.nowMs(), platform.randomBytes(10)) }),
  }
  const decide = (call: EngineCall) => engine.enforce(question, call)
  return (
    (await ask(dependencies, 'tollgate.enforce_quotas', options, decide)) ?? decideUnavailable(requests, options.whenUnavailable, dependencies.whenUnavailable)
  )
}

/** Holds amounts. Rejects with `QuotaExceeded` if they are refused. */
export async function reserve(dependencies: QuotaDependencies, requests: readonly QuotaRequest[], options: ReserveOptions = {}): Promise<Reservation> {
  checkInput(RESERVE, options)
  const ttlSeconds = options.ttlSeconds ?? DEFAULT_TTL_SECONDS
  const heartbeat = options.heartbeat ?? true
  if (!Number.isInteger(ttlSeconds)) throw invalid('ttlSeconds', `must be a whole number of seconds, not ${ttlSeconds}`)
  const question = { ...questionOf(dependencies, requests, options), ttlSeconds }
  const hold = (call: EngineCall) => dependencies.engine.reserve(question, call)
  const result = await ask(dependencies, 'tollgate.reserve_quotas', options, hold)
  const decision = result?.decision ?? decideUnavailable(requests, options.whenUnavailable, dependencies.whenUnavailable)
  if (!decision.allowed) throw new QuotaExceeded(decision)
  return holdReservation(dependencies, {
    held: result?.reservation ?? null,
    decision,
    ttlSeconds,
    heartbeat,
    tenantId: options.tenantId ?? dependencies.tenantId,
  })
}

function questionOf(
  { defaults }: QuotaDependencies,
  requests: readonly QuotaRequest[],
  { metadata, provider, model, whenUnavailable }: QuotaContext,
): QuotaQuestion {
  if (whenUnavailable) oneOf('whenUnavailable', whenUnavailable, ['allow', 'deny'])
  const context = mergeMetadata(defaults, currentMetadata())
  return {
    requests: amountsOf('requests', requests),
    metadata: mergeMetadata(context, metadataOf(metadata ?? {})),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
  }
}

/** Returns the answer, or undefined if there is none and the limits have to fail open or closed. */
async function ask<Answer>(
  dependencies: QuotaDependencies,
  span: string,
  { tenantId }: QuotaContext,
  question: (call: EngineCall) => Promise<Answer>,
): Promise<Answer | undefined> {
  const { deciding, instrumentation, onError } = dependencies
  try {
    const call = (signal: AbortSignal) => question({ signal, tenantId: tenantId ?? dependencies.tenantId })
    return await instrumentation.span(span, {}, () => deciding.execute(call))
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.code === 'REFUSED' || error.code === 'FORBIDDEN' || error.code === 'TOO_LARGE') throw error
    onError(error)
    return undefined
  }
}

import type { EngineAmount, QuotaDecision } from '../model/quota-decision.ts'
import type { UsageEventInput } from '../model/operations.ts'
import { EngineFailure } from '../errors.ts'
import type { QuotaAlert, QuotaQuestion, TollgateEngine, TrackResult } from '../tollgate-engine.ts'

/** An engine that keeps events in memory, for tests of programs that use the client. */
export interface MemoryEngine extends TollgateEngine {
  /** The recorded events, each once. */
  readonly events: readonly UsageEventInput[]
  /** The batches that arrived, by their number of events. */
  readonly batches: readonly number[]
  /** Settlements, releases and extensions of reservations, in order. */
  readonly reservationCalls: readonly string[]
  /** Runs before each call of the engine, which fails if it throws or never answers if it never resolves. */
  before: (name: string) => void | Promise<void>
  /** Runs after an event batch was recorded: throwing here loses the answer. */
  afterCommit: () => void | Promise<void>
  /** Decides about quotas. Defaults to allowing everything. */
  decide: (question: QuotaQuestion) => boolean
  /** Sends an alert to everyone who follows. */
  alert(alert: QuotaAlert): void
}

/** Creates an empty engine. */
export function memoryEngine(): MemoryEngine {
  const events = new Map<string, UsageEventInput>()
  const batches: number[] = []
  const reservationCalls: string[] = []
  const alerts: QuotaAlert[] = []
  let wake = Promise.withResolvers<void>()

  const decision = (question: QuotaQuestion): QuotaDecision => {
    const allowed = engine.decide(question)
    return { allowed, degraded: false, results: question.requests.map(request => resultOf(request, allowed)) }
  }
  const record = (event: UsageEventInput): TrackResult => {
    const key = event.idempotencyKey ?? crypto.randomUUID()
    const first = events.get(key)
    if (first !== undefined) return { outcome: JSON.stringify(first) === JSON.stringify(event) ? 'DUPLICATE' : 'CONFLICT', reason: 'The key was used before.' }
    events.set(key, event)
    return { outcome: 'ACCEPTED', reason: null }
  }
  const noted = async (name: string, text: string) => {
    await engine.before(name)
    reservationCalls.push(text)
  }

  const engine: MemoryEngine = {
    get events() {
      return [...events.values()]
    },
    batches,
    reservationCalls,
    before: () => {},
    afterCommit: () => {},
    decide: () => true,
    alert(alert) {
      alerts.push(alert)
      wake.resolve()
      wake = Promise.withResolvers()
    },
    async track(batch) {
      await engine.before('track')
      batches.push(batch.length)
      const results = batch.map(record)
      await engine.afterCommit()
      return results
    },
    async enforce(question) {
      await engine.before('enforce')
      return decision(question)
    },
    async reserve(question) {
      await engine.before('reserve')
      const decided = decision(question)
      const expiresAt = new Date(0).toISOString()
      return { decision: decided, reservation: decided.allowed ? { id: `rsv_${reservationCalls.push('reserve')}`, expiresAt } : null }
    },
    settle: (id, actual) => noted('settle', `settle ${id} ${actual?.map(({ amount }) => amount).join(' ') ?? 'as reserved'}`),
    release: id => noted('release', `release ${id}`),
    async extend(id, ttlSeconds) {
      await noted('extend', `extend ${id} ${ttlSeconds}`)
      return new Date(ttlSeconds * 1_000).toISOString()
    },
    usage: () => Promise.reject(new EngineFailure('REFUSED', 'The engine in memory reports no usage. Read its events.')),
    quotaStatus: () => Promise.reject(new EngineFailure('REFUSED', 'The engine in memory has no quotas.')),
    wallet: () => Promise.reject(new EngineFailure('REFUSED', 'The engine in memory has no wallets.')),
    async *quotaAlerts(after, { signal }) {
      let next = after === undefined ? alerts.length : alerts.findIndex(({ cursor }) => cursor === after) + 1
      const aborted = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      while (!signal.aborted) {
        await engine.before('quotaAlerts')
        const alert = alerts[next]
        if (alert === undefined) await Promise.race([wake.promise, aborted])
        else {
          next += 1
          yield alert
        }
      }
    },
  }
  return engine
}

function resultOf({ metric, operation }: EngineAmount, allowed: boolean): QuotaDecision['results'][number] {
  return {
    metric,
    operation: operation ?? null,
    allowed,
    refusal: allowed ? null : 'OVER_LIMIT',
    limit: '100',
    used: '0',
    reserved: '0',
    remaining: '100',
    resetsAt: null,
    retryAfterMs: allowed ? null : 1_000,
  }
}

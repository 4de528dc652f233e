import { createBackgroundTimer } from '../delivery/background-timer.ts'
import type { QuotaAmount, QuotaDecision } from '../model/quota-decision.ts'
import type { Reservation } from '../reservation.ts'
import type { EngineCall } from '../tollgate-engine.ts'
import { amountsOf } from './amounts.ts'
import type { QuotaDependencies } from './quota-dependencies.ts'

/** What is held. */
export interface HeldAmounts {
  readonly held: { readonly id: string; readonly expiresAt: string } | null
  readonly decision: QuotaDecision
  readonly ttlSeconds: number
  readonly heartbeat: boolean
  readonly tenantId: string | undefined
}

/** A reservation is not extended for longer, in case its work never ends. */
const MAX_HEARTBEAT_MS = 4 * 3_600_000

/** Returns the handle of a reservation. */
export function holdReservation(dependencies: QuotaDependencies, { held, decision, ttlSeconds, heartbeat, tenantId }: HeldAmounts): Reservation {
  if (held === null) return nothingHeld(decision)
  const { engine, settling, platform, open, onError } = dependencies
  const { id } = held
  const startedAtMs = platform.monotonicMs()
  let expiresAt = new Date(held.expiresAt)
  let ended = false

  const call = <Result>(work: (call: EngineCall) => Promise<Result>) => settling.execute(signal => work({ signal, tenantId }))
  const timer = createBackgroundTimer(() => void beat())
  const nextBeat = () => {
    if (heartbeat && !ended && platform.monotonicMs() - startedAtMs < MAX_HEARTBEAT_MS) timer.start((ttlSeconds * 1_000) / 3, { keepsProcessAlive: false })
  }
  const extend = async (seconds: number) => {
    const extended = await call(context => engine.extend(id, seconds, context))
    if (extended !== null) expiresAt = new Date(extended)
  }
  async function beat(): Promise<void> {
    await extend(ttlSeconds).catch(onError)
    nextBeat()
  }
  const end = () => {
    ended = true
    timer.stop()
    open.delete(id)
  }
  const release = async () => {
    if (ended) return
    end()
    // If this fails, the reservation expires by itself.
    await call(context => engine.release(id, context)).catch(onError)
  }

  nextBeat()
  open.set(id, {
    settledBy(receipt) {
      end()
      void receipt.then(({ outcome }) => {
        if (outcome === 'ACCEPTED' || outcome === 'DUPLICATE' || outcome === 'QUEUED') return
        ended = false
        return release()
      })
    },
  })
  return {
    id,
    decision,
    get expiresAt() {
      return expiresAt
    },
    async settle(actual?: readonly QuotaAmount[]) {
      const amounts = actual && amountsOf('actual', actual)
      end()
      await call(context => engine.settle(id, amounts, context))
    },
    release,
    extend,
    [Symbol.asyncDispose]: release,
  }
}

function nothingHeld(decision: QuotaDecision): Reservation {
  const nothing = async () => {}
  return { id: null, decision, expiresAt: null, settle: nothing, release: nothing, extend: nothing, [Symbol.asyncDispose]: nothing }
}

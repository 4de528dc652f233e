import { setTimeout as delay } from 'node:timers/promises'
import { eventually } from '../kit/eventually.ts'
import { changeCharges } from './change-charges.ts'
import type { CallContext } from './call-context.ts'
import { DEADLINE_MS } from './faulty-server.ts'
import type { Random } from './random.ts'
import type { LoadTenant } from './tenants.ts'
import { consumeQuota, holdAndSettle, tryClosedQuota } from './use-quotas.ts'
import { trackEvents } from './track-events.ts'

/** Callers that run until the end. */
export interface Load {
  /** Lets the callers finish what they have begun, until every outcome is known. */
  pause(): Promise<void>
  resume(): void
  stop(): Promise<void>
}

/** Calls and how often each is made. */
const CALLS: readonly (readonly [weight: number, call: (context: CallContext) => Promise<void>])[] = [
  [40, context => trackEvents(context, 1)],
  [15, context => trackEvents(context, context.random.between(2, 60))],
  [20, context => consumeQuota(context, 'take')],
  [10, context => consumeQuota(context, 'lease')],
  [10, holdAndSettle],
  [5, tryClosedQuota],
  [3, changeCharges],
]
const TOTAL_WEIGHT = CALLS.reduce((sum, [weight]) => sum + weight, 0)
/** Milliseconds between the calls of a caller. */
export type Pause = readonly [from: number, to: number]

/** Starts callers that make random calls with pauses between them. */
export function startLoad({
  callers,
  pauseMs,
  tenants,
  ...parts
}: Omit<CallContext, 'tenant'> & { callers: number; pauseMs: Pause; tenants: readonly LoadTenant[] }): Load {
  const { random, ledger } = parts
  let isStopped = false
  let paused: PromiseWithResolvers<void> | undefined
  let inProgress = 0

  async function caller(): Promise<void> {
    while (!isStopped) {
      await paused?.promise
      if (isStopped) return
      inProgress += 1
      try {
        await pickCall(random)({ ...parts, tenant: random.pick(tenants) })
      } catch (error) {
        if (!parts.sender.isStopped()) ledger.breach(`A call failed: ${(error as Error).message}`)
      } finally {
        inProgress -= 1
      }
      await delay(random.between(...pauseMs))
    }
  }

  const ended = Promise.all(Array.from({ length: callers }, caller))
  const resume = () => {
    paused?.resolve()
    paused = undefined
  }
  return {
    resume,
    async pause() {
      paused ??= Promise.withResolvers()
      await eventually('every outcome is known', () => inProgress === 0, DEADLINE_MS)
    },
    async stop() {
      isStopped = true
      resume()
      await ended
    },
  }
}

function pickCall(random: Random): (context: CallContext) => Promise<void> {
  let left = random.between(1, TOTAL_WEIGHT)
  for (const [weight, call] of CALLS) {
    left -= weight
    if (left <= 0) return call
  }
  throw new Error('The weights do not add up.')
}

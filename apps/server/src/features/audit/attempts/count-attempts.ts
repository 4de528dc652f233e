import { networkOf } from '../../../http/network-of.ts'
import type { Attempt } from './attempt-log.ts'
import { boundAttempt } from './bound-attempt.ts'
import { MAX_KINDS_OF_ADDRESS, MAX_KINDS_OF_INSTALLATION, MAX_KINDS_OF_TENANT, MAX_TENANTS } from './attempt-limits.ts'

/** Attempts of one kind, or of various kinds with one result. */
export interface AttemptTally {
  readonly tenantId: string | null
  readonly result: Attempt['result']
  /** The first attempt, if all are of its kind. */
  readonly attempt?: Attempt
  /** The address, if all attempts of various kinds came from it. */
  readonly ipAddress?: string | null
  count: number
  firstMs: number
  lastMs: number
}

/** The attempts of one minute. */
export interface AttemptCounts {
  /** Counts an attempt. Returns it, with bounded texts, if it is the first of its kind; then its count does not include it. */
  add(attempt: Attempt, nowMs: number): Attempt | undefined
  /** Adds a tally to those of various kinds of its log. */
  addRest(tally: AttemptTally): void
  /** Returns what was counted. */
  tallies(): AttemptTally[]
}

type Rest = Partial<Record<Attempt['result'], AttemptTally>>

/** The attempts of a tenant, or from an address. */
interface Sender {
  readonly kinds: Map<string, AttemptTally>
  readonly rest: Rest
}

/**
 * Starts with no attempts. Its memory is bounded: attempts of further kinds are counted together, for each tenant and each
 * address, then for the installation. So a sender of many kinds hides only its own attempts.
 */
export function countAttempts(): AttemptCounts {
  const tenants = new Map<string, Sender>()
  const addresses = new Map<string | null, Sender>()
  const rest: Rest = {}
  let installationKinds = 0

  function senderOf({ tenantId, ipAddress }: Pick<Attempt, 'tenantId' | 'ipAddress'>): Sender | undefined {
    if (tenantId !== null) return findOrCreate(tenants, tenantId, MAX_TENANTS)
    return findOrCreate(addresses, networkOf(ipAddress), installationKinds < MAX_KINDS_OF_INSTALLATION ? Number.POSITIVE_INFINITY : 0)
  }

  return {
    add(attempt, nowMs) {
      const { tenantId, result, ipAddress } = attempt
      const sender = senderOf(attempt)
      if (sender === undefined) return addTo(rest, { tenantId: null, result }, nowMs)
      const kind = kindOf(attempt)
      const known = sender.kinds.get(kind)
      if (known !== undefined) {
        if (known.count === 0) known.firstMs = nowMs
        known.count += 1
        known.lastMs = nowMs
        return undefined
      }
      const isTenant = tenantId !== null
      if (sender.kinds.size === (isTenant ? MAX_KINDS_OF_TENANT : MAX_KINDS_OF_ADDRESS)) {
        return addTo(sender.rest, { tenantId, result, ...(!isTenant && { ipAddress }) }, nowMs)
      }
      if (!isTenant && installationKinds === MAX_KINDS_OF_INSTALLATION) return addTo(rest, { tenantId, result }, nowMs)
      if (!isTenant) installationKinds += 1
      const first = boundAttempt(attempt)
      sender.kinds.set(kind, { tenantId, result, attempt: first, count: 0, firstMs: nowMs, lastMs: nowMs })
      return first
    },

    addRest({ tenantId, result, count, firstMs, lastMs }) {
      const sender = tenantId === null ? undefined : findOrCreate(tenants, tenantId, MAX_TENANTS)
      const tallies = sender?.rest ?? rest
      const known = tallies[result]
      if (known === undefined) {
        tallies[result] = { tenantId: sender === undefined ? null : tenantId, result, count, firstMs, lastMs }
      } else {
        known.count += count
        known.firstMs = Math.min(known.firstMs, firstMs)
        known.lastMs = Math.max(known.lastMs, lastMs)
      }
    },

    tallies() {
      const senders = [...tenants.values(), ...addresses.values()]
      const repeated = senders.flatMap(({ kinds, rest: ofSender }) => [...[...kinds.values()].filter(({ count }) => count > 0), ...Object.values(ofSender)])
      return [...repeated, ...Object.values(rest)]
    },
  }
}

function findOrCreate<Key>(senders: Map<Key, Sender>, key: Key, max: number): Sender | undefined {
  let sender = senders.get(key)
  if (sender === undefined && senders.size < max) senders.set(key, (sender = { kinds: new Map(), rest: {} }))
  return sender
}

function addTo(rest: Rest, { result, ...tally }: Pick<AttemptTally, 'tenantId' | 'result' | 'ipAddress'>, nowMs: number): undefined {
  const known = rest[result] ?? { ...tally, result, count: 0, firstMs: nowMs, lastMs: nowMs }
  rest[result] = known
  known.count += 1
  known.lastMs = nowMs
  return undefined
}

const MAX_KIND_LENGTH = 400

function kindOf({ actor, family, action, result, code }: Attempt): string {
  // Cut, because the sender may choose them.
  return `${actor.kind} ${actor.id ?? ''} ${family} ${action} ${result} ${code}`.slice(0, MAX_KIND_LENGTH)
}

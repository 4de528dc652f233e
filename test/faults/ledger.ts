/** What the servers owe to the callers, in one tenant and round. The callers keep it, apart from the database. */
export interface RoundLedger {
  /** Tokens of each acknowledged event, by idempotency key. */
  readonly events: Map<string, number>
  /** Keys of events that were refused and never sent again. */
  readonly refusedEvents: Set<string>
  /** Amounts of each quota, by operation. */
  readonly quotas: Record<QuotaOperation, QuotaLedger>
}

/** The operations that have a quota of their own. */
export type QuotaOperation = 'take' | 'lease' | 'hold'

/** Amounts of one quota. */
export interface QuotaLedger {
  /** Sum of the amounts that were admitted or settled. */
  admitted: number
  /** Sum of the amounts that may have been admitted, because the answer was lost and the call cannot be sent again. */
  open: number
  /** The smallest amount that was refused. */
  smallestRefusal: number
}

/** Requests by what became of them, and by code if there was no answer. */
export type RequestCounts = Record<string, number>

/** The ledger of a run. */
export interface Ledger {
  /** Names the current round. Each round has customers, and so limits, of its own. */
  round(): string
  nextRound(): void
  of(tenant: string, round?: string): RoundLedger
  rounds(): readonly string[]
  /** Adds to the requests of the run. */
  count(outcome: string): void
  readonly requests: RequestCounts
  slowestMs: number
  /** Decisions that were made without the database. */
  degradedDecisions: number
  /** Records that a promise was broken. */
  breach(what: string): void
  readonly breaches: readonly string[]
}

const MAX_BREACHES = 100

/** Creates an empty ledger. */
export function createLedger(): Ledger {
  const rounds = new Map<string, Map<string, RoundLedger>>([['round-1', new Map()]])
  const requests: RequestCounts = {}
  const breaches: string[] = []
  const current = () => `round-${rounds.size}`
  return {
    round: current,
    nextRound: () => void rounds.set(`round-${rounds.size + 1}`, new Map()),
    of(tenant, round = current()) {
      const tenants = rounds.get(round)
      if (tenants === undefined) throw new Error(`There is no ${round}.`)
      const known = tenants.get(tenant) ?? emptyRound()
      tenants.set(tenant, known)
      return known
    },
    rounds: () => [...rounds.keys()],
    count: outcome => void (requests[outcome] = (requests[outcome] ?? 0) + 1),
    requests,
    slowestMs: 0,
    degradedDecisions: 0,
    breach: what => void (breaches.length < MAX_BREACHES && breaches.push(what)),
    breaches,
  }
}

function emptyRound(): RoundLedger {
  const quota = (): QuotaLedger => ({ admitted: 0, open: 0, smallestRefusal: Number.POSITIVE_INFINITY })
  return { events: new Map(), refusedEvents: new Set(), quotas: { take: quota(), lease: quota(), hold: quota() } }
}

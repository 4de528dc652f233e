import { Fraction, sumOf } from './fraction.ts'
import {
  type ReferenceGrant,
  type ReferenceOverdraft,
  type ReferenceReservation,
  type ReferenceRollover,
  ReferenceWallet,
  type Time,
} from './reference-wallet.ts'

const { ZERO } = Fraction

type Owner = string | null

/** A call with an idempotency key. Its times are absolute, so that it can be sent again. */
export type KeyedCall = { readonly key: string; readonly owner: Owner; readonly amount: string } & (
  | { readonly kind: 'grant'; readonly priority: number; readonly effectiveAt: Time; readonly expiresAt: Time; readonly rollover: ReferenceRollover }
  | { readonly kind: 'spend' }
  | { readonly kind: 'transfer'; readonly to: Owner }
)

/** The wallets of one tenant, in fractions. Each command returns "ok", "refused" or the code of its error. */
export class ReferenceCredits {
  now: Time
  readonly wallets = new Map<Owner, ReferenceWallet>()
  readonly #keys = new Map<string, string>()
  readonly #reservations = new Map<string, { readonly wallet: ReferenceWallet; readonly reservation: ReferenceReservation }>()
  readonly #grants = new Map<string, { readonly wallet: ReferenceWallet; readonly grant: ReferenceGrant }>()
  readonly #events = new Map<string, { readonly wallet: ReferenceWallet; charged: Fraction }>()

  constructor(now: Time) {
    this.now = now
  }

  /** Moves the clock, and does what is due in every wallet. */
  moveTo(time: Time): void {
    this.now = time
    for (const wallet of this.wallets.values()) wallet.advance(time)
  }

  keyed(call: KeyedCall): string {
    if (call.kind === 'transfer' && call.owner === call.to) return 'INVALID_INPUT'
    if (call.kind === 'grant' && call.expiresAt <= call.effectiveAt) return 'INVALID_INPUT'
    const known = this.wallets.get(call.owner)
    if (call.kind !== 'grant' && known === undefined) return 'NOT_FOUND'
    const used = this.#keys.get(call.key)
    if (used !== undefined) return used === JSON.stringify(call) ? 'ok' : 'IDEMPOTENCY_KEY_REUSED'
    if (call.kind === 'grant' && call.expiresAt <= this.now) return 'INVALID_INPUT'
    const outcome = this.#apply(call)
    if (outcome === 'ok') this.#keys.set(call.key, JSON.stringify(call))
    return outcome
  }

  #apply(call: KeyedCall): string {
    const amount = Fraction.of(call.amount)
    if (call.kind === 'grant') {
      const { key, priority, effectiveAt, expiresAt, rollover } = call
      const wallet = this.open(call.owner)
      const grant: ReferenceGrant = { source: 'purchase', priority, effectiveAt, expiresAt, rollover, amount, remaining: amount, held: ZERO, state: 'pending' }
      wallet.grants.push(grant)
      this.#grants.set(key, { wallet, grant })
      wallet.advance(this.now)
      return 'ok'
    }
    const wallet = this.open(call.owner)
    if (call.kind === 'spend') {
      if (!wallet.canTake(amount)) return 'refused'
      wallet.record('debit', () => wallet.consume(amount), ZERO.minus(amount))
      return 'ok'
    }
    if (amount.isMoreThan(wallet.available)) return 'CREDITS_EXCEEDED'
    const shares = wallet.take(amount, 'spend')
    wallet.adjusted = wallet.adjusted.plus(amount)
    wallet.record('transfer_out', () => shares, ZERO.minus(amount))
    const target = this.open(call.to)
    for (const { grant, amount: moved } of shares) {
      if (grant === null) throw new Error('What is available is covered by grants.')
      const { priority, expiresAt } = grant
      const rollover = { kind: 'none' } as const
      target.adjusted = target.adjusted.minus(moved)
      target.give('transfer_in', {
        source: 'transfer',
        priority,
        effectiveAt: this.now,
        expiresAt,
        rollover,
        amount: moved,
        remaining: moved,
        held: ZERO,
        state: 'active',
      })
    }
    return 'ok'
  }

  /** Usage that has happened: never refused. */
  debit(event: string, owner: Owner, amount: Fraction): string {
    const wallet = this.#walletOfUsage(owner)
    wallet.record('debit', () => wallet.consume(amount), ZERO.minus(amount))
    this.#events.set(event, { wallet, charged: amount })
    return 'ok'
  }

  /** The cost of usage turned out to be another one. */
  correct(event: string, amount: Fraction): string {
    const known = this.#events.get(event)
    if (known === undefined) return 'ok'
    const more = amount.minus(known.charged)
    const less = ZERO.minus(more)
    known.charged = amount
    const { wallet } = known
    if (more.isPositive) wallet.record('correction', () => wallet.consume(more), less)
    if (!less.isPositive) return 'ok'
    wallet.consumed = wallet.consumed.minus(less)
    const terms = { source: 'correction', priority: 100, effectiveAt: this.now, expiresAt: Infinity, rollover: { kind: 'none' } } as const
    wallet.give('correction', { ...terms, amount: less, remaining: less, held: ZERO, state: 'active' })
    return 'ok'
  }

  reserve(id: string, owner: Owner, amount: Fraction, expiresAt: Time): string {
    const wallet = this.wallets.get(owner)
    if (wallet === undefined) return 'NOT_FOUND'
    if (!wallet.canTake(amount)) return 'refused'
    const shares = wallet.take(amount, 'hold')
    const reservation: ReferenceReservation = { state: 'open', expiresAt, shares }
    wallet.reservations.push(reservation)
    this.#reservations.set(id, { wallet, reservation })
    wallet.record('reserve', () => shares, ZERO)
    return 'ok'
  }

  settle(id: string, amount: Fraction): string {
    const known = this.#reservations.get(id)
    if (known === undefined) return 'RESERVATION_NOT_FOUND'
    if (known.reservation.state === 'settled') return 'RESERVATION_CLOSED'
    this.#settle(known.wallet, known.reservation, amount)
    return 'ok'
  }

  /** The usage has happened, so it is debited even if its wallet has no such reservation. */
  settleByEvent(id: string, owner: Owner, amount: Fraction): string {
    const wallet = this.#walletOfUsage(owner)
    const known = this.#reservations.get(id)
    if (known?.wallet === wallet && known.reservation.state !== 'settled') this.#settle(wallet, known.reservation, amount)
    else {
      // Another wallet holds it: what pays depends on the rule only, and the hold is not needed any more.
      if (known !== undefined && known.wallet !== wallet && known.reservation.state === 'open') this.release(id)
      wallet.record('debit', () => wallet.consume(amount), ZERO.minus(amount))
    }
    return 'ok'
  }

  #settle(wallet: ReferenceWallet, reservation: ReferenceReservation, amount: Fraction): void {
    const held = reservation.state === 'open' ? reservation.shares : []
    reservation.state = 'settled'
    let left = amount
    const used = held.flatMap(({ grant, amount: holds }) => {
      if (grant === null || !left.isPositive) return []
      const part = left.isMoreThan(holds) ? holds : left
      left = left.minus(part)
      grant.held = grant.held.minus(part)
      return [{ grant, amount: part }]
    })
    const rest = held.map(share => ({
      ...share,
      amount: share.amount.minus(sumOf(used.filter(({ grant }) => grant === share.grant).map(part => part.amount))),
    }))
    const lost = wallet.returnShares(rest)
    wallet.consumed = wallet.consumed.plus(amount.minus(left))
    wallet.record('settle', () => [...used, ...wallet.consume(left), ...wallet.payDebt()], lost.minus(amount))
  }

  release(id: string): string {
    const known = this.#reservations.get(id)
    if (known === undefined) return 'RESERVATION_NOT_FOUND'
    const { wallet, reservation } = known
    if (reservation.state === 'settled') return 'RESERVATION_CLOSED'
    if (reservation.state === 'open') wallet.endReservation(reservation, 'released')
    return 'ok'
  }

  extend(id: string, expiresAt: Time): string {
    const reservation = this.#reservations.get(id)?.reservation
    if (reservation === undefined) return 'RESERVATION_NOT_FOUND'
    if (reservation.state !== 'open') return 'RESERVATION_CLOSED'
    reservation.expiresAt = Math.max(reservation.expiresAt, expiresAt)
    return 'ok'
  }

  /** Voids an amount of a grant, or all that remains. */
  void(key: string, amount: Fraction | null): string {
    const known = this.#grants.get(key)
    if (known === undefined) return 'NOT_FOUND'
    const { wallet, grant } = known
    const voided = amount ?? grant.remaining
    if (!voided.isPositive || voided.isMoreThan(grant.remaining)) return 'GRANT_SPENT'
    const isGiven = grant.state === 'active'
    grant.remaining = grant.remaining.minus(voided)
    if (!isGiven && !grant.remaining.isPositive) grant.state = 'ended'
    if (isGiven) wallet.adjusted = wallet.adjusted.plus(voided)
    wallet.record('void', () => [{ grant, amount: voided }], isGiven ? ZERO.minus(voided) : ZERO)
    return 'ok'
  }

  setOverdraft(owner: Owner, overdraft: ReferenceOverdraft): string {
    this.open(owner).overdraft = overdraft
    return 'ok'
  }

  setAllowance(
    owner: Owner,
    id: string,
    allowance: {
      readonly amount: Fraction
      readonly anchorDay: number
      readonly priority: number
      readonly rollover: ReferenceRollover
      readonly endsAt: Time
    },
  ): string {
    const wallet = this.open(owner)
    // The current period is not given again, and periods in which it had ended are not given later.
    wallet.allowances.set(id, { ...allowance, nextAt: Math.max(this.now, wallet.allowances.get(id)?.nextAt ?? 0) })
    wallet.advance(this.now)
    return 'ok'
  }

  /** Returns the wallet of an owner, and makes it if there is none. */
  open(owner: Owner): ReferenceWallet {
    const wallet = this.wallets.get(owner) ?? new ReferenceWallet()
    this.wallets.set(owner, wallet)
    return wallet
  }

  /** The wallet of the customer if there is one, else that of the tenant. */
  #walletOfUsage(owner: Owner): ReferenceWallet {
    return this.wallets.get(owner) ?? this.open(null)
  }
}

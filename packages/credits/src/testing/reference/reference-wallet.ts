import { Fraction, smallerOf, sumOf } from './fraction.ts'

const { ZERO } = Fraction

/** Times are in milliseconds. Never is infinity. */
export type Time = number

export type ReferenceRollover = { readonly kind: 'none' | 'all' } | { readonly kind: 'up_to_amount' | 'up_to_percentage'; readonly max: string }

export interface ReferenceGrant {
  readonly source: string
  readonly priority: number
  readonly effectiveAt: Time
  readonly expiresAt: Time
  readonly rollover: ReferenceRollover
  /** The allowance that gave it. */
  readonly allowance?: string
  amount: Fraction
  remaining: Fraction
  held: Fraction
  state: 'pending' | 'active' | 'ended'
}

/** A part of an amount, and the grant that it comes from, if any. */
export interface ReferenceShare {
  readonly grant: ReferenceGrant | null
  readonly amount: Fraction
}

export interface ReferenceReservation {
  state: 'open' | 'settled' | 'released' | 'expired'
  expiresAt: Time
  readonly shares: readonly ReferenceShare[]
}

interface ReferenceAllowance {
  readonly amount: Fraction
  readonly anchorDay: number
  readonly priority: number
  readonly rollover: ReferenceRollover
  nextAt: Time
  readonly endsAt: Time
}

/** Terms of a wallet: the overdraft, which is infinite if everything is allowed. */
export type ReferenceOverdraft = Fraction | 'infinite'

/** A wallet, written from the rules of the README. Finds everything by going through all grants and reservations, each time. */
export class ReferenceWallet {
  /** In the order in which they were made. */
  readonly grants: ReferenceGrant[] = []
  readonly reservations: ReferenceReservation[] = []
  readonly allowances = new Map<string, ReferenceAllowance>()
  /** Each as text: kind, change of the balance, balance after it, and shares. */
  readonly entries: string[] = []
  overdraft: ReferenceOverdraft = ZERO
  debt = ZERO
  granted = ZERO
  consumed = ZERO
  expired = ZERO
  adjusted = ZERO

  get heldWithoutGrant(): Fraction {
    const open = this.reservations.filter(({ state }) => state === 'open')
    return sumOf(open.flatMap(({ shares }) => shares.filter(({ grant }) => grant === null).map(({ amount }) => amount)))
  }

  get available(): Fraction {
    const active = this.grants.filter(({ state }) => state === 'active')
    return sumOf(active.map(({ remaining }) => remaining))
      .minus(this.debt)
      .minus(this.heldWithoutGrant)
  }

  get reserved(): Fraction {
    return sumOf(this.grants.map(({ held }) => held)).plus(this.heldWithoutGrant)
  }

  /** Grants that are pending, or of which something remains or is held, in spend order: priority, expiry, start, age. */
  openGrants(): ReferenceGrant[] {
    const open = this.grants.filter(({ state, remaining, held }) => state === 'pending' || remaining.isPositive || held.isPositive)
    // Sorting is stable.
    return open.sort((one, other) => one.priority - other.priority || difference(one.expiresAt, other.expiresAt) || one.effectiveAt - other.effectiveAt)
  }

  canTake(amount: Fraction): boolean {
    return this.overdraft === 'infinite' || !amount.isMoreThan(this.available.plus(this.overdraft))
  }

  /** Takes from grants in spend order. What they do not cover comes from no grant. */
  take(amount: Fraction, use: 'spend' | 'hold'): ReferenceShare[] {
    const shares: ReferenceShare[] = []
    let left = amount
    for (const grant of this.openGrants()) {
      const taken = smallerOf(grant.remaining, left)
      if (grant.state !== 'active' || !taken.isPositive) continue
      grant.remaining = grant.remaining.minus(taken)
      if (use === 'hold') grant.held = grant.held.plus(taken)
      left = left.minus(taken)
      shares.push({ grant, amount: taken })
    }
    return left.isPositive ? [...shares, { grant: null, amount: left }] : shares
  }

  /** Takes what usage has consumed. What no grant covers becomes debt. */
  consume(amount: Fraction): ReferenceShare[] {
    const shares = this.take(amount, 'spend')
    this.consumed = this.consumed.plus(amount)
    this.debt = this.debt.plus(withoutGrant(shares))
    return shares
  }

  /** Pays debt with what can be spent. */
  payDebt(): ReferenceShare[] {
    const paid = this.take(this.debt, 'spend').filter(({ grant }) => grant !== null)
    this.debt = this.debt.minus(sumOf(paid.map(({ amount }) => amount)))
    return paid
  }

  /** Gives credits as a new grant, which pays debt first. */
  give(kind: string, grant: ReferenceGrant): void {
    if (!this.grants.includes(grant)) this.grants.push(grant)
    grant.state = 'active'
    this.record(kind, () => this.payDebt(), grant.remaining)
  }

  /** Ends holds. What they hold of grants that have ended expires. */
  returnShares(shares: readonly ReferenceShare[]): Fraction {
    let lost = ZERO
    for (const { grant, amount } of shares) {
      if (grant === null) continue
      grant.held = grant.held.minus(amount)
      if (grant.state === 'active') grant.remaining = grant.remaining.plus(amount)
      else lost = lost.plus(amount)
    }
    this.expired = this.expired.plus(lost)
    return ZERO.minus(lost)
  }

  /** Records an entry, with the balance after `change`, which returns its shares. */
  record(kind: string, change: () => readonly ReferenceShare[], amount: Fraction): void {
    const shares = change()
    this.entries.push(
      `${kind} ${amount.toString()} -> ${this.available.plus(this.reserved).toString()}${shares.map(share => `; ${share.amount.toString()} of ${nameOf(share.grant)}`).join('')}`,
    )
  }

  /** Does what is due by `now`, earliest first; at the same time: reservations end, grants expire, grants start, allowances are given. */
  advance(now: Time): void {
    for (;;) {
      const due = [...this.#due()].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at || one.rank - other.rank)
      if (due[0] === undefined) return
      due[0].run()
    }
  }

  *#due(): Generator<{ at: Time; rank: number; run: () => void }> {
    for (const reservation of this.reservations) {
      if (reservation.state === 'open') yield { at: reservation.expiresAt, rank: 0, run: () => this.endReservation(reservation, 'expired') }
    }
    for (const grant of this.grants) {
      if (grant.state === 'active') yield { at: grant.expiresAt, rank: 1, run: () => this.#expire(grant) }
      if (grant.state !== 'pending') continue
      yield {
        at: grant.effectiveAt,
        rank: 2,
        run: () => {
          this.granted = this.granted.minus(grant.remaining)
          this.give('grant', grant)
        },
      }
    }
    for (const [id, allowance] of [...this.allowances].sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (allowance.nextAt < allowance.endsAt) yield { at: allowance.nextAt, rank: 3, run: () => this.#giveAllowance(id, allowance) }
    }
  }

  endReservation(reservation: ReferenceReservation, state: 'expired' | 'released'): void {
    reservation.state = state
    const change = this.returnShares(reservation.shares)
    this.record('release', () => this.payDebt(), change)
  }

  #expire(grant: ReferenceGrant): void {
    const kept = rolledOver(grant)
    const lost = grant.remaining.minus(kept)
    grant.state = 'ended'
    grant.remaining = kept
    this.expired = this.expired.plus(lost)
    const { expiresAt: at, allowance: id, ...terms } = grant
    const allowance = id === undefined ? undefined : this.allowances.get(id)
    const next: ReferenceGrant = {
      ...terms,
      source: 'rollover',
      effectiveAt: at,
      expiresAt: allowance === undefined ? at + (at - grant.effectiveAt) : nextAnchor(at, allowance.anchorDay),
      rollover: { kind: 'none' },
      amount: kept,
      held: ZERO,
      state: 'active',
    }
    grant.remaining = ZERO
    if (kept.isPositive) this.grants.push(next)
    if (lost.isPositive) this.record('expire', () => [], ZERO.minus(lost))
    if (kept.isPositive) this.record('rollover', () => [{ grant, amount: kept }], ZERO)
  }

  #giveAllowance(id: string, allowance: ReferenceAllowance): void {
    const { amount, priority, rollover, nextAt } = allowance
    allowance.nextAt = nextAnchor(nextAt, allowance.anchorDay)
    this.granted = this.granted.minus(amount)
    this.give('grant', {
      source: 'plan_allowance',
      allowance: id,
      priority,
      effectiveAt: nextAt,
      expiresAt: allowance.nextAt,
      rollover,
      amount,
      remaining: amount,
      held: ZERO,
      state: 'active',
    })
  }
}

/** Describes a grant by what does not change. */
export function nameOf(
  grant: (Pick<ReferenceGrant, 'source' | 'priority' | 'effectiveAt' | 'expiresAt'> & { readonly amount: { toString(): string } }) | null,
): string {
  return grant === null ? 'nothing' : `${grant.source} ${grant.amount.toString()} p${grant.priority} ${grant.effectiveAt}..${grant.expiresAt}`
}

/** Returns how much of the shares comes from no grant. */
export function withoutGrant(shares: readonly ReferenceShare[]): Fraction {
  return sumOf(shares.filter(({ grant }) => grant === null).map(({ amount }) => amount))
}

function rolledOver({ rollover, amount, remaining }: ReferenceGrant): Fraction {
  if (rollover.kind === 'none') return ZERO
  if (rollover.kind === 'all') return remaining
  const max = Fraction.of('max' in rollover ? rollover.max : '0')
  return smallerOf(remaining, rollover.kind === 'up_to_amount' ? max : amount.times(max).times(new Fraction(1n, 100n)))
}

/** Returns the first midnight (UTC) after a time that is the anchor day of a month, or the last day of a shorter month. */
function nextAnchor(time: Time, anchorDay: number): Time {
  const date = new Date(time)
  for (let month = date.getUTCMonth(); ; month += 1) {
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
    const anchor = Date.UTC(date.getUTCFullYear(), month, Math.min(anchorDay, lastDay))
    if (anchor > time) return anchor
  }
}

/** Infinity minus infinity is not a number. */
function difference(one: Time, other: Time): number {
  return one === other ? 0 : one - other
}

import { type Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { Balances, LedgerAccount, Posting } from '../model/account.ts'
import { type AlertDetails, NO_ALERT_DETAILS } from '../model/alert.ts'
import type { Allowance } from '../model/allowance.ts'
import type { BurnRecord } from '../model/burn-record.ts'
import type { CreditEntry } from '../model/entry.ts'
import { type Grant, isOpen } from '../model/grant.ts'
import type { CreditReservation, GrantShare } from '../model/reservation.ts'
import type { TopUp, TopUpRecord } from '../model/top-up.ts'
import { balanceOf, type Wallet, type WalletTerms } from '../model/wallet.ts'
import type { Debit } from './command.ts'
import { alertingAmount, type DebitRun, type RunRoom } from './debit-run.ts'
import { compareSpendOrder } from './spend-order.ts'
import type { EntryDraft, RaisedAlert } from './wallet-records.ts'
import type { WalletState } from './wallet-state.ts'

/** A wallet while commands change it. Remembers what has changed, so that a store writes only that. */
export class WalletDraft {
  readonly id: string
  /** What was recorded, without the debits of runs. */
  readonly entries: CreditEntry[] = []
  readonly debitRuns: DebitRun[] = []
  readonly alerts: RaisedAlert[] = []
  readonly changedGrants = new Map<string, Grant>()
  readonly changedReservations = new Map<string, CreditReservation>()
  readonly changedAllowances = new Map<string, Allowance>()
  readonly changedTopUps = new Map<string, TopUp>()
  readonly #wallet: Wallet
  readonly #grants = new Map<string, Grant>()
  readonly #reservations = new Map<string, CreditReservation>()
  readonly #allowances = new Map<string, Allowance>()
  readonly #topUps = new Map<string, TopUp>()
  readonly #balances: Record<LedgerAccount, Decimal>
  #spendable: Grant[] | undefined
  #debt: Decimal
  #heldWithoutGrant: Decimal
  #sequence: number
  #terms: WalletTerms
  #burn: BurnRecord | null
  #topUpRecord: TopUpRecord | null
  #isVisited = false
  #hasPutGrant = false
  readonly #recordedAt: Temporal.Instant

  constructor({ wallet, grants, reservations, allowances, topUps = [] }: WalletState, recordedAt: Temporal.Instant) {
    this.id = wallet.id
    this.#wallet = wallet
    this.#balances = { ...wallet.balances }
    this.#debt = wallet.debt
    this.#heldWithoutGrant = wallet.heldWithoutGrant
    this.#sequence = wallet.sequence
    this.#terms = wallet.terms
    this.#burn = wallet.burn
    this.#topUpRecord = wallet.topUps
    // Clocks of servers differ.
    this.#recordedAt = Temporal.Instant.compare(recordedAt, wallet.updatedAt) > 0 ? recordedAt : wallet.updatedAt
    for (const grant of grants) this.#grants.set(grant.id, grant)
    for (const reservation of reservations) this.#reservations.set(reservation.id, reservation)
    for (const allowance of allowances) this.#allowances.set(allowance.id, allowance)
    for (const topUp of topUps) this.#topUps.set(topUp.id, topUp)
  }

  get terms(): WalletTerms {
    return this.#terms
  }

  get balances(): Balances {
    return this.#balances
  }

  get debt(): Decimal {
    return this.#debt
  }

  /** Sequence of the last entry. */
  get sequence(): number {
    return this.#sequence
  }

  get owner(): Wallet {
    return this.#wallet
  }

  get burn(): BurnRecord | null {
    return this.#burn
  }

  get topUpRecord(): TopUpRecord | null {
    return this.#topUpRecord
  }

  /** What the wallet had consumed before the commands. */
  get consumedBefore(): Decimal {
    return this.#wallet.balances.consumed
  }

  /** Whether anything of the wallet itself or of what is due in it has changed. */
  get isChanged(): boolean {
    const { terms, burn, topUps } = this.#wallet
    if (this.#hasRecorded || this.#isVisited || this.#terms !== terms || this.#burn !== burn || this.#topUpRecord !== topUps) return true
    return this.changedGrants.size > 0 || this.changedAllowances.size > 0
  }

  /** Whether nothing has changed but what runs of debits change: balances, the sequence, and what remains of grants. */
  get isOnlyDebited(): boolean {
    const { terms, burn, topUps } = this.#wallet
    if (this.#isVisited || this.#hasPutGrant || this.#terms !== terms || this.#burn !== burn || this.#topUpRecord !== topUps) return false
    if (this.entries.length > 0 || this.alerts.length > 0 || this.changedReservations.size > 0 || this.changedAllowances.size > 0) return false
    return this.changedTopUps.size === 0 && this.debitRuns.length > 0
  }

  get #hasRecorded(): boolean {
    return this.entries.length > 0 || this.debitRuns.length > 0
  }

  /** When entries are recorded. */
  get recordedAt(): Temporal.Instant {
    return this.#recordedAt
  }

  get grants(): Iterable<Grant> {
    return this.#grants.values()
  }

  /** Number of grants that are pending, or have something remaining or held. */
  get openGrantCount(): number {
    return this.#grants.values().filter(isOpen).toArray().length
  }

  get reservations(): Iterable<CreditReservation> {
    return this.#reservations.values()
  }

  get allowances(): Iterable<Allowance> {
    return this.#allowances.values()
  }

  grant(id: string): Grant | undefined {
    return this.#grants.get(id)
  }

  reservation(id: string): CreditReservation | undefined {
    return this.#reservations.get(id)
  }

  allowance(id: string): Allowance | undefined {
    return this.#allowances.get(id)
  }

  topUp(id: string): TopUp | undefined {
    return this.#topUps.get(id)
  }

  setTerms(terms: WalletTerms): void {
    this.#terms = terms
  }

  setBurn(burn: BurnRecord | null): void {
    this.#burn = burn
  }

  setTopUpRecord(record: TopUpRecord): void {
    this.#topUpRecord = record
  }

  /** Notes that what is due was looked at, so that the next time is stored even if nothing else changes. */
  visit(): void {
    this.#isVisited = true
  }

  /** Raises an alert about the balance as it is now. */
  raise(alert: Pick<RaisedAlert, 'kind'> & Partial<AlertDetails>): void {
    const balance = balanceOf(this.#balances)
    this.alerts.push({ ...NO_ALERT_DETAILS, ...alert, balance })
  }

  putGrant(grant: Grant): void {
    this.#hasPutGrant = true
    this.#grants.set(grant.id, grant)
    this.changedGrants.set(grant.id, grant)
    this.#spendable = undefined
  }

  putReservation(reservation: CreditReservation): void {
    this.#reservations.set(reservation.id, reservation)
    this.changedReservations.set(reservation.id, reservation)
  }

  putAllowance(allowance: Allowance): void {
    this.#allowances.set(allowance.id, allowance)
    this.changedAllowances.set(allowance.id, allowance)
  }

  putTopUp(topUp: TopUp): void {
    this.#topUps.set(topUp.id, topUp)
    this.changedTopUps.set(topUp.id, topUp)
  }

  changeDebt(amount: Decimal): void {
    this.#debt = this.#debt.plus(amount)
  }

  changeHeldWithoutGrant(amount: Decimal): void {
    this.#heldWithoutGrant = this.#heldWithoutGrant.plus(amount)
  }

  /**
   * Takes an amount from active grants in spend order, and reports from which. Returns the amount that they do not cover
   * as the share of no grant; the caller decides what that is. `held` says whether the amount is held or spent.
   */
  take(amount: Decimal, held: boolean): GrantShare[] {
    const shares: GrantShare[] = []
    let left = amount
    const spendable = this.#grantsToSpend()
    while (left.gt(0)) {
      const grant = spendable[0]
      if (grant === undefined) {
        shares.push({ grantId: null, amount: left })
        break
      }
      const taken = grant.remaining.lt(left) ? grant.remaining : left
      const changed = { ...grant, remaining: grant.remaining.minus(taken), held: held ? grant.held.plus(taken) : grant.held }
      shares.push({ grantId: grant.id, amount: taken })
      left = left.minus(taken)
      this.#grants.set(grant.id, changed)
      this.changedGrants.set(grant.id, changed)
      if (changed.remaining.isZero()) spendable.shift()
      else spendable[0] = changed
    }
    return shares
  }

  /** Returns how much the next run may debit of what can be spent; null stands for no limit. Undefined if no grant is left. */
  roomOfRun(limit: Decimal | null): RunRoom | undefined {
    const [grant] = this.#grantsToSpend()
    if (grant === undefined) return undefined
    const most = limit === null || grant.remaining.lt(limit) ? grant.remaining : limit
    return { grant, most, alertsFrom: alertingAmount(this.#terms, balanceOf(this.#balances)) }
  }

  /** Debits amounts as one run, for which there must be room. `total` is their sum. */
  postRun(grant: Grant, debits: readonly Debit[], total: Decimal): DebitRun {
    const { available, consumed } = this.#balances
    const run: DebitRun = {
      walletId: this.id,
      grantId: grant.id,
      recordedAt: this.#recordedAt,
      sequenceBefore: this.#sequence,
      balanceBefore: balanceOf(this.#balances),
      consumedBefore: consumed,
      debits,
    }
    if (!total.isZero()) this.take(total, false)
    this.debitRuns.push(run)
    this.#balances.available = available.minus(total)
    this.#balances.consumed = consumed.plus(total)
    this.#sequence += debits.length
    return run
  }

  /** Records an entry with the postings, whose amounts add up to zero. Postings of zero are left out. */
  post(draft: EntryDraft, postings: readonly Posting[]): CreditEntry {
    const kept = postings.filter(({ amount }) => !amount.isZero())
    let [sum, balanceChange] = [ZERO, ZERO]
    for (const { account, amount } of kept) {
      this.#balances[account] = this.#balances[account].plus(amount)
      sum = sum.plus(amount)
      if (account === 'available' || account === 'reserved') balanceChange = balanceChange.plus(amount)
    }
    if (!sum.isZero()) throw new Error(`The postings of a ${draft.kind} entry add up to ${sum.toFixed()} instead of zero.`)
    this.#sequence += 1
    const entry: CreditEntry = {
      operation: null,
      description: null,
      resourceType: null,
      resourceId: null,
      eventId: null,
      costId: null,
      grantId: null,
      reservationId: null,
      shares: [],
      ...draft,
      walletId: this.id,
      sequence: this.#sequence,
      recordedAt: this.#recordedAt,
      postings: kept,
      amount: balanceChange,
      balanceAfter: this.#balances.available.plus(this.#balances.reserved),
      consumedAfter: this.#balances.consumed,
    }
    this.entries.push(entry)
    if (balanceChange.isNegative()) this.#alertIfLow(entry.balanceAfter.minus(balanceChange), entry.balanceAfter)
    return entry
  }

  /** Alerts for each threshold that the balance was above and is not any more. */
  #alertIfLow(before: Decimal, balance: Decimal): void {
    for (const threshold of this.#terms.alerts.below) {
      if (before.gt(threshold) && balance.lte(threshold)) this.raise({ kind: 'low_balance', threshold })
    }
    if (before.gt(0) && balance.lte(0)) this.raise({ kind: 'exhausted' })
  }

  /** Returns the wallet as it is now. */
  wallet(): Wallet {
    return {
      ...this.#wallet,
      terms: this.#terms,
      burn: this.#burn,
      topUps: this.#topUpRecord,
      balances: { ...this.#balances },
      debt: this.#debt,
      heldWithoutGrant: this.#heldWithoutGrant,
      sequence: this.#sequence,
      updatedAt: this.#hasRecorded ? this.#recordedAt : this.#wallet.updatedAt,
    }
  }

  /** Active grants with something remaining, in spend order. Sorted again only after a grant was put. */
  #grantsToSpend(): Grant[] {
    this.#spendable ??= [...this.#grants.values()].filter(({ state, remaining }) => state === 'active' && remaining.gt(0)).sort(compareSpendOrder)
    return this.#spendable
  }
}

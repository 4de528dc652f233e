import { checkPageSize, type IdSource, Temporal, type TenantClock } from '@tollgate/kernel'
import { advanceWallets } from './advance-wallets.ts'
import { correctDebitsIn } from './correct-debits.ts'
import { costCatalog } from './cost-catalog.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { CreditStore } from './credit-store.ts'
import type { Credits } from './credits.ts'
import { debitUsageIn, readPayersIn } from './debit-usage.ts'
import { chargeCredits } from './engine/charge-credits.ts'
import { findPayer } from './find-payer.ts'
import { grantCredits } from './grant-credits.ts'
import { findWallet } from './open-wallet.ts'
import { listEntries, PAGE_SIZE } from './list-entries.ts'
import { listWalletStatuses } from './list-wallet-statuses.ts'
import { balanceAt, burnDown, consumedBefore, readWallet } from './read-wallet.ts'
import { extendReservation, releaseReservation, reserveCredits, settleReservation } from './reserve-credits.ts'
import { recordAlerts } from './record-alerts.ts'
import { runTopUps } from './run-top-ups.ts'
import type { TopUpProvider } from './top-up-provider.ts'
import { setAllowance } from './set-allowance.ts'
import { setCreditCost } from './set-credit-cost.ts'
import { setDebitRule } from './set-debit-rule.ts'
import { setTerms } from './set-terms.ts'
import { spendCredits } from './spend-credits.ts'
import { transferCredits } from './transfer-credits.ts'
import { verifyLedger } from './add-up-entries.ts'
import { verifyLedgers } from './verify-ledgers.ts'
import { voidGrant } from './void-grant.ts'
import { walletIds } from './wallet-ids.ts'

/** What credits need. */
export interface CreditsOptions {
  readonly store: CreditStore
  readonly clock: TenantClock
  readonly ids: IdSource
  /** Buys credits for wallets whose terms ask for top-ups. Omit it if somebody else grants them, with the key of each. */
  readonly topUps?: TopUpProvider | undefined
}

/** Creates credits over a store. */
export function createCredits({ store, clock, ids, topUps }: CreditsOptions): Credits {
  const costs = costCatalog(store, clock)
  const dependencies: CreditDependencies = { store, clock, ids, costs, walletIds: walletIds(owner => findWallet({ store }, owner)) }
  return {
    grant: input => grantCredits(dependencies, input),
    voidGrant: input => voidGrant(dependencies, input),
    transfer: input => transferCredits(dependencies, input),
    spend: input => spendCredits(dependencies, input),
    reserve: input => reserveCredits(dependencies, input),
    settle: input => settleReservation(dependencies, input),
    release: input => releaseReservation(dependencies, input),
    extend: input => extendReservation(dependencies, input),
    payersIn: (transaction, usages) => readPayersIn(dependencies, transaction, usages),
    debitIn: (transaction, debits) => debitUsageIn(dependencies, transaction, debits),
    correctIn: (transaction, usages) => correctDebitsIn(dependencies, transaction, usages),
    debitRule: tenantId => store.debitRule(tenantId),
    payer: owner => findPayer(dependencies, owner),
    setDebitRule: (tenantId, rule) => setDebitRule(dependencies, tenantId, rule),
    setTerms: input => setTerms(dependencies, input),
    setAllowance: input => setAllowance(dependencies, input),
    wallet: owner => readWallet(dependencies, owner),
    wallets: ({ tenantId, first, after }) => store.listWallets(tenantId, { first: checkPageSize(first, PAGE_SIZE), after }),
    walletStatuses: input => listWalletStatuses(dependencies, input),
    entries: input => listEntries(dependencies, input),
    balanceAt: (owner, time) => balanceAt(dependencies, owner, time),
    consumedBefore: (owner, time) => consumedBefore(dependencies, owner, time),
    debitsOf: (tenantId, eventIds) => store.entriesOfEvents(tenantId, eventIds),
    burnDown: (owner, input) => burnDown(dependencies, owner, input),
    alerts: (scope, { first, after }) => store.alerts({ scope, order: 'oldest_first', first: checkPageSize(first, PAGE_SIZE), after }),
    alertHistory: (scope, { customerId, first, after }) =>
      store.alerts({ scope, customerId, order: 'latest_first', first: checkPageSize(first, PAGE_SIZE), after }),
    lastAlertCursor: () => store.lastAlertCursor(),
    nextDue: tenantId => store.nextDue(tenantId),
    advance: options => advanceWallets(dependencies, options),
    costOf: async usage => chargeCredits(await costs.ofOperation(usage.operation), usage),
    setCost: input => setCreditCost(dependencies, input),
    costs: async (at = clock.now(null)) => (await costs.all()).filter(({ from, to }) => isInEffect(from, to, at)),
    recordAlerts: options => recordAlerts(dependencies, options),
    runTopUps: options => runTopUps({ ...dependencies, topUps }, options),
    verify: (tenantId, options) => verifyLedger(dependencies, tenantId, options),
    verifyDue: options => verifyLedgers(dependencies, options),
    differingWallets: () => store.differingWallets(),
  }
}

function isInEffect(from: Temporal.Instant, to: Temporal.Instant | null, at: Temporal.Instant): boolean {
  const { compare } = Temporal.Instant
  return compare(from, at) <= 0 && (to === null || compare(at, to) < 0)
}

import { checkPageSize, type IdSource, Temporal, type TenantClock } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, type InputShape, requireText, requireTime } from '@tollgate/kernel/input'
import { advanceWallets } from './advance-wallets.ts'
import { correctDebitsIn } from './correct-debits.ts'
import { costCatalog } from './cost-catalog.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { CreditStore } from './credit-store.ts'
import type { Credits } from './credits.ts'
import { debitUsageIn, readPayersIn } from './debit-usage.ts'
import { chargeCredits, costInEffect } from './engine/charge-credits.ts'
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
import { verifyLedger, type VerifyLedgerOptions } from './add-up-entries.ts'
import { INPUTS } from './input-shapes.ts'
import type { DebitRule } from './model/debit-rule.ts'
import { readCreditedUsage } from './read-credited-usage.ts'
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

const OPTIONS = inputShape<CreditsOptions>({ store: 'object', clock: 'object', ids: 'object', topUps: 'object?' })

/** Creates credits over a store. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createCredits(options: CreditsOptions): Credits {
  checkShape(OPTIONS, options)
  const { store, clock, ids, topUps } = options
  const costs = costCatalog(store, clock)
  const dependencies: CreditDependencies = { store, clock, ids, costs, walletIds: walletIds(owner => findWallet({ store }, owner)) }
  const ofTenant =
    <Args extends readonly unknown[], Result>(run: (tenantId: string, ...args: Args) => Promise<Result>) =>
    async (tenantId: string, ...args: Args): Promise<Result> => {
      requireText('tenantId', tenantId)
      return run(tenantId, ...args)
    }
  const job =
    <Options extends object>(shape: InputShape<Options>, run: (options: Options) => Promise<number>) =>
    async (given?: Options): Promise<number> =>
      checkedInput(shape, run)(given ?? ({} as Options))
  return {
    grant: checkedInput(INPUTS.grant, input => grantCredits(dependencies, input)),
    voidGrant: checkedInput(INPUTS.voidGrant, input => voidGrant(dependencies, input)),
    transfer: checkedInput(INPUTS.transfer, input => transferCredits(dependencies, input)),
    spend: checkedInput(INPUTS.spend, input => spendCredits(dependencies, input)),
    reserve: checkedInput(INPUTS.reserve, input => reserveCredits(dependencies, input)),
    settle: checkedInput(INPUTS.settle, input => settleReservation(dependencies, input)),
    release: checkedInput(INPUTS.release, input => releaseReservation(dependencies, input)),
    extend: checkedInput(INPUTS.extend, input => extendReservation(dependencies, input)),
    payersIn: (transaction, usages) => readPayersIn(dependencies, transaction, usages),
    debitIn: (transaction, debits) => debitUsageIn(dependencies, transaction, debits),
    correctIn: (transaction, usages) => correctDebitsIn(dependencies, transaction, usages),
    debitRule: ofTenant(async tenantId => store.debitRule(tenantId)),
    payer: checkedInput(INPUTS.owner, owner => findPayer(dependencies, owner)),
    setDebitRule: ofTenant(async (tenantId, rule: DebitRule) => setDebitRule(dependencies, tenantId, rule)),
    setTerms: checkedInput(INPUTS.setTerms, input => setTerms(dependencies, input)),
    setAllowance: checkedInput(INPUTS.setAllowance, input => setAllowance(dependencies, input)),
    wallet: checkedInput(INPUTS.owner, owner => readWallet(dependencies, owner)),
    wallets: checkedInput(INPUTS.wallets, async ({ tenantId, first, after }) =>
      store.listWallets(tenantId, { first: checkPageSize(first, PAGE_SIZE), after: after ?? undefined }),
    ),
    walletStatuses: checkedInput(INPUTS.wallets, input => listWalletStatuses(dependencies, input)),
    entries: checkedInput(INPUTS.entries, input => listEntries(dependencies, input)),
    balanceAt: (owner, time) => checkedInput(INPUTS.owner, () => balanceAt(dependencies, owner, time))(owner),
    consumedBefore: (owner, time) => checkedInput(INPUTS.owner, () => consumedBefore(dependencies, owner, time))(owner),
    debitsOf: ofTenant(async (tenantId, eventIds: readonly string[]) => store.entriesOfEvents(tenantId, eventIds)),
    burnDown: async (owner, input) => {
      checkShape(INPUTS.owner, owner)
      checkShape(INPUTS.burnDown, input)
      return burnDown(dependencies, owner, input)
    },
    alerts: async (scope, page) => {
      checkShape(INPUTS.alerts, page)
      return store.alerts({ scope, order: 'oldest_first', first: checkPageSize(page.first, PAGE_SIZE), after: page.after ?? undefined })
    },
    alertHistory: async (scope, query) => {
      checkShape(INPUTS.alertHistory, query)
      const { customerId, first, after } = query
      return store.alerts({ scope, customerId, order: 'latest_first', first: checkPageSize(first, PAGE_SIZE), after: after ?? undefined })
    },
    lastAlertCursor: () => store.lastAlertCursor(),
    nextDue: ofTenant(async tenantId => store.nextDue(tenantId)),
    advance: job(INPUTS.advance, given => advanceWallets(dependencies, given)),
    costOf: checkedInput(INPUTS.costOf, async input => {
      const usage = readCreditedUsage(input)
      const versions = await costs.ofOperation(usage.operation)
      const { costId } = input
      const cost = costId === null || costId === undefined ? costInEffect(versions, usage) : versions.find(({ id }) => id === costId)
      return cost && chargeCredits(cost, usage)
    }),
    setCost: checkedInput(INPUTS.setCost, input => setCreditCost(dependencies, input)),
    costs: async at => {
      const time = at === undefined || at === null ? clock.now(null) : requireTime('at', at)
      return (await costs.all()).filter(({ from, to }) => isInEffect(from, to, time))
    },
    recordAlerts: job(INPUTS.advance, given => recordAlerts(dependencies, given)),
    runTopUps: job(INPUTS.runTopUps, given => runTopUps({ ...dependencies, topUps }, given)),
    verify: ofTenant(async (tenantId, given: VerifyLedgerOptions = {}) => {
      checkShape(INPUTS.verify, given)
      return verifyLedger(dependencies, tenantId, given)
    }),
    verifyDue: checkedInput(INPUTS.verifyDue, given => verifyLedgers(dependencies, given)),
    differingWallets: () => store.differingWallets(),
  }
}

function isInEffect(from: Temporal.Instant, to: Temporal.Instant | null, at: Temporal.Instant): boolean {
  const { compare } = Temporal.Instant
  return compare(from, at) <= 0 && (to === null || compare(at, to) < 0)
}

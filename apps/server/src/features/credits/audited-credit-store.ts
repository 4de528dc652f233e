import { type AuditEntryDraft, creditAudit } from '@tollgate/audit'
import type { CommandOutcome, CreditStore, TenantCommands, WalletCommand } from '@tollgate/credits'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'

/** Records who gave, voided and moved credits, and changed wallets and costs. Debits and reservations pass as they are: the ledger is their record. */
export function auditedCredits({ store, open, changes }: AuditedStore<CreditStore>): CreditStore {
  return {
    ...unaudited(
      store,
      'applyIn',
      'wallet',
      'state',
      'wallets',
      'debitTargets',
      'holders',
      'debitRule',
      'listWallets',
      'walletIdOf',
      'entries',
      'lastEntryBefore',
    ),
    ...unaudited(
      store,
      'debitsOfEvents',
      'entriesOfEvents',
      'alerts',
      'lastAlertCursor',
      'dueTenants',
      'nextDue',
      'dueWallets',
      'costs',
      'addUpEntries',
      'tenantsToVerify',
    ),
    ...unaudited(store, 'verificationProgress', 'saveVerification', 'differingWallets', 'topUpTenants', 'claimTopUps', 'tenantsToRecord'),
    apply: call =>
      call.commands.some(isAudited)
        ? changes.record({ change: database => open(database).apply(call), events: outcomes => eventsOf(call, outcomes) })
        : store.apply(call),
    applyToNew: (wallet, call) =>
      changes.record({ change: database => open(database).applyToNew(wallet, call), events: outcomes => eventsOf(call, outcomes ?? []) }),
    recordAlerts: (tenantId, first) =>
      changes.record({
        change: database => open(database).recordAlerts(tenantId, first),
        events: alerts => alerts.map(({ tenantId: _, walletId, ...alert }) => creditAudit.alertRaised(tenantId, walletId, auditSnapshot(alert))),
      }),
    async setDebitRule(tenantId, rule) {
      await changes.record({
        async change(database) {
          const opened = open(database)
          const before = await opened.debitRule(tenantId)
          if (before !== rule) await opened.setDebitRule(tenantId, rule)
          return before
        },
        events: before => (before === rule ? [] : [creditAudit.debitRuleSet(tenantId, tenantId, { before: { rule: before }, after: { rule } })]),
      })
    },
    async addCost(cost) {
      await changes.record({
        change: database => open(database).addCost(cost),
        events: () => [creditAudit.costSet(null, cost.id, { after: auditSnapshot(cost) })],
      })
    },
  }
}

function isAudited({ kind }: WalletCommand): boolean {
  return kind === 'grant' || kind === 'void' || kind === 'transfer' || kind === 'set_terms' || kind === 'set_allowance'
}

function eventsOf({ tenantId, commands }: TenantCommands, outcomes: readonly CommandOutcome[]): AuditEntryDraft[] {
  return commands.flatMap((command, i): AuditEntryDraft[] => {
    const outcome = outcomes[i]
    if (outcome?.kind !== 'applied' || outcome.isRepeat) return []
    const { walletId } = command
    switch (command.kind) {
      case 'grant':
        return [creditAudit.granted(tenantId, outcome.grant?.id ?? '', auditSnapshot({ walletId, ...termsOf(command) }))]
      case 'void':
        return [creditAudit.grantVoided(tenantId, command.grantId, { details: auditSnapshot({ walletId, amount: command.amount, reason: command.reason }) })]
      case 'transfer':
        return [creditAudit.transferred(tenantId, walletId, auditSnapshot({ toWalletId: command.toWalletId, amount: command.amount }))]
      case 'set_terms':
        return [creditAudit.termsSet(tenantId, walletId, { after: auditSnapshot(command.terms) })]
      case 'set_allowance':
        return [creditAudit.allowanceSet(tenantId, walletId, { after: auditSnapshot(command.allowance) })]
      default:
        return []
    }
  })
}

function termsOf({ amount, source, priority, effectiveAt, expiresAt, rollover, description }: Extract<WalletCommand, { kind: 'grant' }>) {
  return { amount, source, priority, effectiveAt, expiresAt, rollover, description }
}

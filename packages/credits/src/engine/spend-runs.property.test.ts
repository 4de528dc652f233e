import { countingIds, Decimal, Temporal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NO_CREDITS } from '../model/account.ts'
import type { Grant } from '../model/grant.ts'
import type { WalletTerms } from '../model/wallet.ts'
import { applyCommands } from './apply-command.ts'
import type { SpendCommand } from './command.ts'
import { recordedEntries } from './debit-run.ts'
import { WalletDraft } from './wallet-draft.ts'
import type { WalletState } from './wallet-state.ts'

const NOW = Temporal.Instant.from('2026-03-10T12:00:00Z')
const WALLET = 'wallet'

const amount = fc.integer({ min: 1, max: 80 }).map(eighths => new Decimal(eighths).div(8))
const terms = fc.record<WalletTerms>({
  whenEmpty: fc.oneof(
    fc.constant({ kind: 'block' as const }),
    fc.constant({ kind: 'allow' as const }),
    fc.record({ kind: fc.constant('overdraft' as const), limit: amount }),
  ),
  alerts: fc.record({ below: fc.array(amount, { maxLength: 2 }), daysLeft: fc.constant(null), expiresWithinDays: fc.constant(null) }),
  topUp: fc.constant(null),
})
const spend = fc.record({ amount, once: fc.boolean() })

function stateOf(walletTerms: WalletTerms, { amounts, reserved }: { amounts: readonly Decimal[]; reserved: Decimal }): WalletState {
  const grants = amounts.map((given, i): Grant => {
    const held = i === 0 ? Decimal.min(reserved, given) : ZERO
    return {
      id: `grant-${i}`,
      walletId: WALLET,
      amount: given,
      remaining: given.minus(held),
      held,
      state: 'active',
      source: 'purchase',
      priority: i,
      effectiveAt: NOW,
      expiresAt: null,
      rollover: { kind: 'none' },
      description: null,
      expiryAlertedAt: null,
      createdAt: NOW,
    }
  })
  const total = amounts.reduce((sum, given) => sum.plus(given), ZERO)
  const held = grants.reduce((sum, grant) => sum.plus(grant.held), ZERO)
  return {
    wallet: {
      id: WALLET,
      tenantId: 'acme',
      customerId: null,
      terms: walletTerms,
      balances: { ...NO_CREDITS, granted: total.neg(), available: total.minus(held), reserved: held },
      debt: ZERO,
      heldWithoutGrant: ZERO,
      burn: null,
      topUps: null,
      sequence: 7,
      createdAt: NOW,
      updatedAt: NOW,
    },
    grants,
    reservations: [],
    allowances: [],
  }
}

/** Applies commands, `together` or each alone, and returns all that can be seen of them. */
function seen(state: WalletState, commands: readonly SpendCommand[], together: boolean): unknown {
  const draft = new WalletDraft(state, NOW)
  const book = { wallets: new Map([[WALLET, draft]]), keys: new Map(), now: NOW, ids: countingIds() }
  const outcomes = together ? applyCommands(book, commands) : commands.flatMap(command => applyCommands(book, [command]))
  const all = { outcomes, entries: recordedEntries(draft), wallet: draft.wallet(), grants: [...draft.grants], alerts: draft.alerts, keys: [...book.keys] }
  return JSON.parse(JSON.stringify(all)) as unknown
}

it('spends of one transaction have the outcomes, entries, grants and alerts that they have one by one, and most are runs', () => {
  let inRuns = 0
  fc.assert(
    fc.property(
      terms,
      fc.array(amount, { maxLength: 3 }),
      amount,
      fc.array(spend, { minLength: 1, maxLength: 30 }),
      (walletTerms, amounts, reserved, spends) => {
        const state = stateOf(walletTerms, { amounts: amounts.map(given => given.times(8)), reserved })
        const commands = spends.map((made, i): SpendCommand => {
          const reason = { operation: `operation-${i}`, description: null, resourceType: null, resourceId: null, eventId: null, costId: null }
          const once = made.once && i % 5 === 0 ? { key: `key-${i % 2}`, fingerprint: String(i % 3) } : null
          return { kind: 'spend', walletId: WALLET, once, debit: { amount: made.amount, occurredAt: NOW, ...reason } }
        })
        expect(seen(state, commands, true)).toEqual(seen(state, commands, false))
        const draft = new WalletDraft(state, NOW)
        applyCommands({ wallets: new Map([[WALLET, draft]]), keys: new Map(), now: NOW, ids: countingIds() }, commands)
        inRuns += draft.debitRuns.reduce((count, run) => count + run.debits.length, 0)
      },
    ),
    { numRuns: 300 },
  )
  expect(inRuns).toBeGreaterThan(300)
})

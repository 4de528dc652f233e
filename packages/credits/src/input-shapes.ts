import { inputShape } from '@tollgate/kernel/input'
import type { VerifyLedgerOptions } from './add-up-entries.ts'
import type { AdvanceOptions } from './advance-wallets.ts'
import type { AlertHistoryQuery, CreditedUsageInput } from './credits.ts'
import type { GrantInput } from './grant-credits.ts'
import type { EntriesInput } from './list-entries.ts'
import type { ReasonInput } from './make-debit.ts'
import type { Wallet } from './model/wallet.ts'
import type { OwnerInput } from './owner.ts'
import type { BurnDownInput } from './read-wallet.ts'
import type { ExtendCreditsInput, ReserveCreditsInput, SettleCreditsInput } from './reserve-credits.ts'
import type { RunTopUpsOptions } from './run-top-ups.ts'
import type { AllowanceInput } from './set-allowance.ts'
import type { CreditCostInput } from './set-credit-cost.ts'
import type { SetTermsInput } from './set-terms.ts'
import type { SpendInput } from './spend-credits.ts'
import type { TransferInput } from './transfer-credits.ts'
import type { VerifyLedgersOptions } from './verify-ledgers.ts'
import type { VoidInput } from './void-grant.ts'

/** Amounts and times are checked where they are read, so that all that is wrong with them is reported together. */
const READ_LATER = 'anything?'

const OWNER = { tenantId: 'text', customerId: 'text?' } as const satisfies Record<keyof OwnerInput, string>
/** What a wallet has besides. A wallet names its owner too. */
const OF_WALLET = {
  id: READ_LATER,
  terms: READ_LATER,
  balances: READ_LATER,
  debt: READ_LATER,
  heldWithoutGrant: READ_LATER,
  burn: READ_LATER,
  topUps: READ_LATER,
  sequence: READ_LATER,
  createdAt: READ_LATER,
  updatedAt: READ_LATER,
} as const satisfies Record<Exclude<keyof Wallet, keyof OwnerInput>, string>

const REASON = { operation: 'text?', description: 'text?', resourceType: 'text?', resourceId: 'text?' } as const satisfies Record<keyof ReasonInput, string>
const RESERVATION = { tenantId: 'text', reservationId: 'text' } as const
const PAGE = { first: 'integer?', after: 'text?' } as const
const JOB = { tenantIds: 'list?', signal: 'object?', onFailure: 'function?' } as const satisfies Record<keyof AdvanceOptions, string>

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  owner: inputShape<OwnerInput & Omit<Partial<Wallet>, keyof OwnerInput>>({ ...OWNER, ...OF_WALLET }),
  grant: inputShape<GrantInput>({
    ...OWNER,
    amount: READ_LATER,
    idempotencyKey: 'text',
    source: 'text?',
    priority: 'number?',
    effectiveAt: READ_LATER,
    expiresAt: READ_LATER,
    rollover: READ_LATER,
    description: 'text?',
  }),
  voidGrant: inputShape<VoidInput>({ tenantId: 'text', grantId: 'text', amount: READ_LATER, reason: 'text' }),
  transfer: inputShape<TransferInput>({
    tenantId: 'text',
    fromCustomerId: 'text?',
    toCustomerId: 'text?',
    amount: READ_LATER,
    idempotencyKey: 'text',
    description: 'text?',
  }),
  spend: inputShape<SpendInput>({ ...OWNER, ...REASON, amount: READ_LATER, idempotencyKey: 'text?' }),
  reserve: inputShape<ReserveCreditsInput>({ ...OWNER, amount: READ_LATER, reservationId: 'text?', ttlSeconds: 'number?' }),
  settle: inputShape<SettleCreditsInput>({ ...REASON, ...RESERVATION, amount: READ_LATER }),
  release: inputShape<Pick<ExtendCreditsInput, 'tenantId' | 'reservationId'>>(RESERVATION),
  extend: inputShape<ExtendCreditsInput>({ ...RESERVATION, ttlSeconds: 'number' }),
  setTerms: inputShape<SetTermsInput>({
    ...OWNER,
    whenEmpty: READ_LATER,
    alertBelow: 'list?',
    alertDaysLeft: 'number?',
    alertExpiresWithinDays: 'number?',
    topUp: READ_LATER,
  }),
  setAllowance: inputShape<AllowanceInput>({
    ...OWNER,
    id: 'text',
    amount: READ_LATER,
    anchorDay: 'number?',
    timeZone: 'text?',
    rollover: READ_LATER,
    priority: 'number?',
    startsAt: READ_LATER,
    endsAt: READ_LATER,
  }),
  setCost: inputShape<CreditCostInput>({
    operation: 'text',
    provider: 'text?',
    model: 'text?',
    from: READ_LATER,
    to: READ_LATER,
    perCall: READ_LATER,
    perThousandTokens: READ_LATER,
    perUsdOfCost: READ_LATER,
    perUnit: READ_LATER,
  }),
  costOf: inputShape<CreditedUsageInput>({
    operation: 'text',
    provider: 'text?',
    model: 'text?',
    occurredAt: 'time',
    tokens: 'object?',
    quantity: 'amount?',
    cost: 'amount?',
    costId: 'text?',
  }),
  wallets: inputShape<{ readonly tenantId: string; readonly first?: number | undefined; readonly after?: string | undefined }>({ tenantId: 'text', ...PAGE }),
  entries: inputShape<EntriesInput>({ ...OWNER, range: 'object?', first: 'integer?', after: 'object?' }),
  burnDown: inputShape<BurnDownInput>({ range: 'object', timeZone: 'text' }),
  alerts: inputShape<{ readonly first?: number | undefined; readonly after?: string | undefined }>(PAGE),
  alertHistory: inputShape<AlertHistoryQuery>({ ...PAGE, customerId: 'text?' }),
  advance: inputShape<AdvanceOptions>(JOB),
  runTopUps: inputShape<RunTopUpsOptions>(JOB),
  verify: inputShape<VerifyLedgerOptions>({ onProgress: 'function?' }),
  verifyDue: inputShape<VerifyLedgersOptions>({ signal: 'object?', onDifference: 'function', onFailure: 'function?', maxEntries: 'integer?' }),
} as const

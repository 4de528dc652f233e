import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { BurnRecord } from '../../model/burn-record.ts'
import type { TopUpRecord, TopUpTerms } from '../../model/top-up.ts'
import type { Wallet, WalletTerms, WhenEmpty } from '../../model/wallet.ts'

/** A wallet to write, and when something is due in it next. */
export interface WalletToSave {
  readonly wallet: Wallet
  readonly nextDue: Temporal.Instant | null
}

/** A row of `credits.wallets`. */
export interface WalletRow {
  readonly tenant_id: string
  readonly id: string
  readonly customer_id: string | null
  readonly terms: TermsJson
  readonly granted: string
  readonly available: string
  readonly reserved: string
  readonly consumed: string
  readonly expired: string
  readonly adjusted: string
  readonly debt: string
  readonly held_without_grant: string
  readonly burn: BurnJson | null
  readonly top_ups: TopUpsJson | null
  readonly sequence: string
  readonly created_at: string
  readonly updated_at: string
}

/** The columns that commands change, and those that identify the row. */
export const WALLET_CHANGES = defineColumns<WalletToSave>(column => [
  column('tenant_id', 'text', ({ wallet }) => wallet.tenantId),
  column('id', 'uuid', ({ wallet }) => wallet.id),
  column('terms', 'jsonb', ({ wallet }) => termsJson(wallet.terms)),
  column('granted', 'numeric', ({ wallet }) => wallet.balances.granted),
  column('available', 'numeric', ({ wallet }) => wallet.balances.available),
  column('reserved', 'numeric', ({ wallet }) => wallet.balances.reserved),
  column('consumed', 'numeric', ({ wallet }) => wallet.balances.consumed),
  column('expired', 'numeric', ({ wallet }) => wallet.balances.expired),
  column('adjusted', 'numeric', ({ wallet }) => wallet.balances.adjusted),
  column('debt', 'numeric', ({ wallet }) => wallet.debt),
  column('held_without_grant', 'numeric', ({ wallet }) => wallet.heldWithoutGrant),
  column('burn', 'jsonb', ({ wallet }) => burnJson(wallet.burn)),
  column('top_ups', 'jsonb', ({ wallet }) => topUpsJson(wallet.topUps)),
  column('sequence', 'bigint', ({ wallet }) => wallet.sequence),
  column('next_due', 'timestamptz', ({ nextDue }) => nextDue),
  column('updated_at', 'timestamptz', ({ wallet }) => wallet.updatedAt),
])

/** The columns of a new wallet. */
export const NEW_WALLET = defineColumns<Wallet>(column => [
  column('tenant_id', 'text', wallet => wallet.tenantId),
  column('id', 'uuid', wallet => wallet.id),
  column('customer_id', 'text', wallet => wallet.customerId),
  column('terms', 'jsonb', wallet => termsJson(wallet.terms)),
  column('created_at', 'timestamptz', wallet => wallet.createdAt),
  column('updated_at', 'timestamptz', wallet => wallet.updatedAt),
])

/** The select list of a `WalletRow`. */
export const SELECT_WALLET =
  'tenant_id, id, customer_id, terms, granted, available, reserved, consumed, expired, adjusted, debt, held_without_grant, burn, top_ups, sequence::text as sequence, created_at, updated_at'

interface BurnJson {
  readonly isAlerted: boolean
  readonly dayStarts: readonly (readonly [day: number, consumed: string])[]
}

function burnJson(burn: BurnRecord | null): BurnJson | null {
  return burn && { isAlerted: burn.isAlerted, dayStarts: burn.dayStarts.map(({ day, consumed }) => [day, consumed.toFixed()]) }
}

function readBurn(json: BurnJson | null): BurnRecord | null {
  return json && { isAlerted: json.isAlerted, dayStarts: json.dayStarts.map(([day, consumed]) => ({ day, consumed: new Decimal(consumed) })) }
}

type TopUpsJson = Omit<TopUpRecord, 'requested'> & { readonly requested: string }

function topUpsJson(record: TopUpRecord | null): TopUpsJson | null {
  return record && { ...record, requested: record.requested.toFixed() }
}

function readTopUps(json: TopUpsJson | null): TopUpRecord | null {
  return json && { ...json, requested: new Decimal(json.requested) }
}

interface TermsJson {
  /** Absent in wallets that were last written before there were top-ups. */
  readonly topUp?: { readonly [Name in keyof TopUpTerms]: string } | null
  readonly whenEmpty: { readonly kind: 'block' | 'allow' } | { readonly kind: 'overdraft'; readonly limit: string }
  readonly alerts: { readonly below: readonly string[]; readonly daysLeft: number | null; readonly expiresWithinDays: number | null }
}

function termsJson({ whenEmpty, alerts, topUp }: WalletTerms): TermsJson {
  return {
    whenEmpty: whenEmpty.kind === 'overdraft' ? { kind: 'overdraft', limit: whenEmpty.limit.toFixed() } : { kind: whenEmpty.kind },
    alerts: { ...alerts, below: alerts.below.map(amount => amount.toFixed()) },
    topUp: topUp && { threshold: topUp.threshold.toFixed(), amount: topUp.amount.toFixed(), maxPerMonth: topUp.maxPerMonth.toFixed() },
  }
}

function readTerms({ whenEmpty, alerts, topUp = null }: TermsJson): WalletTerms {
  const read: WhenEmpty = whenEmpty.kind === 'overdraft' ? { kind: 'overdraft', limit: new Decimal(whenEmpty.limit) } : { kind: whenEmpty.kind }
  return {
    whenEmpty: read,
    alerts: { ...alerts, below: alerts.below.map(amount => new Decimal(amount)) },
    topUp: topUp && { threshold: new Decimal(topUp.threshold), amount: new Decimal(topUp.amount), maxPerMonth: new Decimal(topUp.maxPerMonth) },
  }
}

/** Most amounts of a wallet are zero, and a batch may read a thousand wallets. */
function readAmount(text: string): Decimal {
  return text === '0' ? ZERO : new Decimal(text)
}

/** Reads a wallet from its row. */
export function walletOf(row: WalletRow): Wallet {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    customerId: row.customer_id,
    terms: readTerms(row.terms),
    balances: {
      granted: readAmount(row.granted),
      available: readAmount(row.available),
      reserved: readAmount(row.reserved),
      consumed: readAmount(row.consumed),
      expired: readAmount(row.expired),
      adjusted: readAmount(row.adjusted),
    },
    debt: readAmount(row.debt),
    heldWithoutGrant: readAmount(row.held_without_grant),
    burn: readBurn(row.burn),
    topUps: readTopUps(row.top_ups),
    sequence: Number(row.sequence),
    createdAt: Temporal.Instant.from(row.created_at),
    updatedAt: Temporal.Instant.from(row.updated_at),
  }
}

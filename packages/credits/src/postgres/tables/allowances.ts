import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns, instantOrNull } from '@tollgate/postgres'
import type { Allowance } from '../../model/allowance.ts'
import { readRolloverJson, rolloverJson, type RolloverJson } from './rollover-json.ts'

/** An allowance and its wallet. */
export interface WalletAllowance {
  readonly tenantId: string
  readonly walletId: string
  readonly allowance: Allowance
}

/** A row of `credits.allowances`. */
export interface AllowanceRow {
  readonly wallet_id: string
  readonly id: string
  readonly amount: string
  readonly priority: number
  readonly rollover: RolloverJson
  readonly anchor_day: number
  readonly time_zone: string
  readonly next_at: string
  readonly ends_at: string | null
}

/** The columns of an allowance. */
export const ALLOWANCE_COLUMNS = defineColumns<WalletAllowance>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('wallet_id', 'uuid', ({ walletId }) => walletId),
  column('id', 'text', ({ allowance }) => allowance.id),
  column('amount', 'numeric', ({ allowance }) => allowance.amount),
  column('priority', 'integer', ({ allowance }) => allowance.priority),
  column('rollover', 'jsonb', ({ allowance }) => rolloverJson(allowance.rollover)),
  column('anchor_day', 'smallint', ({ allowance }) => allowance.anchorDay),
  column('time_zone', 'text', ({ allowance }) => allowance.timeZone),
  column('next_at', 'timestamptz', ({ allowance }) => allowance.nextAt),
  column('ends_at', 'timestamptz', ({ allowance }) => allowance.endsAt),
])

/** The select list of an `AllowanceRow`. */
export const SELECT_ALLOWANCE = 'wallet_id, id, amount, priority, rollover, anchor_day, time_zone, next_at, ends_at'

/** Reads an allowance from its row. */
export function allowanceOf(row: AllowanceRow): Allowance {
  return {
    id: row.id,
    amount: new Decimal(row.amount),
    priority: row.priority,
    rollover: readRolloverJson(row.rollover),
    anchorDay: row.anchor_day,
    timeZone: row.time_zone,
    nextAt: Temporal.Instant.from(row.next_at),
    endsAt: instantOrNull(row.ends_at),
  }
}

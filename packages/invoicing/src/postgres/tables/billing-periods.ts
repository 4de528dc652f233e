import { Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { DraftInvoice } from '../../billing/invoice-store.ts'
import type { BillingPeriod } from '../../model/billing/billed-period.ts'

/** A period of a subscription that is billed. */
export interface StoredPeriod extends BillingPeriod {
  readonly tenantId: string
  readonly subscriptionId: string
}

/** The columns of a billed period. */
export const PERIOD_COLUMNS = defineColumns<StoredPeriod>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('subscription_id', 'uuid', ({ subscriptionId }) => subscriptionId),
  column('period_from', 'timestamptz', ({ period }) => period.from),
  column('period_to', 'timestamptz', ({ period }) => period.to),
  column('line_dimensions', 'jsonb', ({ lineDimensions }) => lineDimensions),
])

/** A row of `invoicing.billing_periods`. */
export interface PeriodRow {
  readonly tenant_id: string
  readonly subscription_id: string
  readonly period_from: string
  readonly period_to: string
  readonly line_dimensions: readonly string[]
}

/** Reads a period from its row. */
export function periodOf({
  period_from: from,
  period_to: to,
  line_dimensions: lineDimensions,
}: Pick<PeriodRow, 'period_from' | 'period_to' | 'line_dimensions'>): BillingPeriod {
  return { period: { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }, lineDimensions }
}

/** The columns of a draft. */
export const DRAFT_COLUMNS = defineColumns<DraftInvoice>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('id', 'uuid', ({ id }) => id),
  column('subscription_id', 'uuid', ({ subscriptionId }) => subscriptionId),
  column('period_from', 'timestamptz', ({ period }) => period.period.from),
  column('period_to', 'timestamptz', ({ period }) => period.period.to),
  column('line_dimensions', 'jsonb', ({ period }) => period.lineDimensions),
])

/** A row of `invoicing.draft_invoices`. */
export interface DraftRow extends PeriodRow {
  readonly id: string
}

/** The select list of a `DraftRow`. */
export const SELECT_DRAFT = 'tenant_id, id, subscription_id, period_from, period_to, line_dimensions'

/** Reads a draft from its row. */
export function draftOf(row: DraftRow): DraftInvoice {
  return { id: row.id, tenantId: row.tenant_id, subscriptionId: row.subscription_id, period: periodOf(row) }
}

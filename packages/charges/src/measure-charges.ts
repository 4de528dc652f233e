import { type Decimal, InvalidInput, type Period, periodWithin } from '@tollgate/kernel'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { chargeCells } from './engine/simulation/charge-cells.ts'
import type { ChargeRulePart } from './engine/rules/charge-rule-parts.ts'
import { findTenant } from './find-tenant.ts'
import { loadPeriodRules } from './load-period-rules.ts'
import { loadUsageCells } from './load-usage-cells.ts'
import { CHARGE_CURRENCY } from './model/numbers/charge-currency.ts'
import type { UsageCell } from './model/usage/usage-cell.ts'
import type { UsageSelection } from './model/usage/usage-selection.ts'

/** The usage whose charge to measure, and how to divide it. */
export interface MeasureChargesRequest extends UsageSelection {
  /** Dimensions to group by. Defaults to none. */
  readonly by?: readonly string[] | undefined
  /** Adjoining periods that cover the range, such as its days. Defaults to the whole range. */
  readonly buckets?: readonly Period[] | undefined
}

/** The charge of some usage, and the share of each bucket and group. If there is usage, the shares add up to the charge exactly. */
export interface MeasuredCharges {
  /** ISO 4217. Of all amounts. */
  readonly currency: string
  /** Not rounded. Null if the usage has no price. */
  readonly charge: Decimal | null
  /** Omits buckets and groups without usage. */
  readonly shares: readonly ChargeShare[]
}

/** The share of one group in one bucket. */
export interface ChargeShare {
  /** Position in the buckets of the request. */
  readonly bucket: number
  /** A value for each dimension of the request, in the same order. */
  readonly key: readonly (string | null)[]
  readonly charge: Decimal | null
}

/**
 * Measures the charge of a tenant's usage in a range, which counts as one period, and divides it over buckets and groups.
 * What applies to the whole period, such as tiers and fixed discounts, is shared in proportion.
 */
export async function measureCharges(dependencies: ChargesDependencies, request: MeasureChargesRequest): Promise<MeasuredCharges> {
  const { usage, tenants, pricing } = dependencies
  const { tenantId, range, by = [], buckets = [range] } = request
  checkBuckets(buckets, range)
  const [tenant, catalog] = await Promise.all([findTenant(tenants, tenantId), pricing.catalog()])
  const { parts, context } = await loadPeriodRules(dependencies, request, tenant.planHistory)
  const pieces = parts.flatMap(part => cutByBuckets(part, buckets))
  const cells = await loadUsageCells(usage, request, { parts: pieces, by })
  const cellsOfPart = new Map<ChargeRulePart, UsageCell[]>()
  for (const [position, { part, bucket }] of pieces.entries()) {
    const ofPiece = (cells[position] ?? []).map(cell => ({ ...cell, key: [String(bucket), ...cell.key] }))
    cellsOfPart.set(part, [...(cellsOfPart.get(part) ?? []), ...ofPiece])
  }
  const charged = chargeCells({ parts: parts.map(part => ({ ...part, cells: cellsOfPart.get(part) ?? [] })), catalog, selection: request, context, notes: [] })
  return {
    currency: CHARGE_CURRENCY,
    charge: charged.total.charge,
    shares: charged.groups.map(({ key: [bucket, ...key], figures }) => ({ bucket: Number(bucket), key, charge: figures.charge })),
  }
}

interface Piece {
  readonly range: Period
  readonly rules: ChargeRulePart['rules']
  readonly part: ChargeRulePart
  readonly bucket: number
}

/** Cuts a part of the range where buckets start. */
function cutByBuckets(part: ChargeRulePart, buckets: readonly Period[]): readonly Piece[] {
  return buckets.flatMap((bucket, position) => {
    const range = periodWithin(part.range, bucket)
    return range === undefined ? [] : [{ range, rules: part.rules, part, bucket: position }]
  })
}

function checkBuckets(buckets: readonly Period[], range: Period): void {
  const adjoin = buckets.every(({ from }, position) => from.equals(buckets[position - 1]?.to ?? range.from))
  if (adjoin && buckets.at(-1)?.to.equals(range.to) === true) return
  throw new InvalidInput([{ path: 'buckets', message: 'must adjoin, and cover the range' }])
}

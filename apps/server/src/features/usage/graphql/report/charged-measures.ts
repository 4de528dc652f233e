import type { Charges } from '@tollgate/charges'
import { type Decimal, type Period, type Scope, ZERO } from '@tollgate/kernel'
import type { Dimension, UsageFilter, UsageGroup, UsageMeasures, UsagePoint } from '@tollgate/usage'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { toDimensionFilter } from '../../../charges/graphql/dimension-filter.ts'

/** The usage of a report that is charged: of one tenant, by one filter. */
export interface ReportedUsage {
  /** Null for all tenants together. */
  readonly tenantId: string | null
  readonly range: Period
  readonly filter: UsageFilter
}

/** Measures whose charge is read when it is selected. */
export interface ChargedMeasures extends UsageMeasures {
  /** Absent for the usage of several tenants together, which has no charge. */
  readonly readCharge?: () => Promise<Decimal | null>
}

/** How measures are divided: the points of a series, or the dimensions of groups. */
interface Division {
  readonly buckets?: readonly Period[]
  readonly by?: readonly Dimension[]
}

/** Finds the share of a charge that some measures have. */
export type ChargeOf = (share: { readonly bucket?: number; readonly key?: readonly (string | null)[] }) => Promise<Decimal | null>

/**
 * Returns a function that finds charges of a report, undefined for the usage of several tenants. It reads all of them together, once, when the first is
 * selected.
 */
export function readCharges({ tollgate, viewer }: GraphQLContext, { tenantId, range, filter }: ReportedUsage, division: Division = {}): ChargeOf | undefined {
  if (tenantId === null) return undefined
  let shares: Promise<{ readonly total: Decimal | null; readonly byKey: ReadonlyMap<string, Decimal | null> }> | undefined
  return async ({ bucket = 0, key = [] }) => {
    shares ??= measure(tollgate.charges, { tenantId, range, filter: toDimensionFilter(filter), viewer, ...division })
    const { total, byKey } = await shares
    if (division.buckets === undefined && division.by === undefined) return total
    // Without usage there is no share.
    return byKey.get(keyOf(bucket, key)) ?? (byKey.has(keyOf(bucket, key)) ? null : ZERO)
  }
}

/** Returns the tenant that a report charges; null if it covers several. */
export function chargedTenantOf(scope: Scope): string | null {
  return scope.kind === 'operator' || scope.tenantIds.length > 1 ? null : (scope.tenantIds[0] ?? null)
}

/** Adds charges to groups. */
export function chargedGroups(groups: readonly UsageGroup[], chargeOf: ChargeOf | undefined): (UsageGroup & { readonly measures: ChargedMeasures })[] {
  if (chargeOf === undefined) return [...groups]
  return groups.map(({ key, measures }) => ({ key, measures: { ...measures, readCharge: () => chargeOf({ key: key.map(({ value }) => value) }) } }))
}

/** Adds charges to the points of a series. */
export function chargedPoints(
  points: readonly UsagePoint[],
  { context, usage }: { readonly context: GraphQLContext; readonly usage: ReportedUsage },
): (UsagePoint & { readonly measures: ChargedMeasures })[] {
  const buckets = points.map(({ start }, position) => ({ from: start, to: points[position + 1]?.start ?? usage.range.to }))
  const chargeOf = readCharges(context, usage, { buckets })
  if (chargeOf === undefined) return [...points]
  return points.map(({ start, measures }, bucket) => ({ start, measures: { ...measures, readCharge: () => chargeOf({ bucket }) } }))
}

async function measure(charges: Pick<Charges, 'measure'>, request: Parameters<Charges['measure']>[0]) {
  const { charge, shares } = await charges.measure(request)
  return { total: charge, byKey: new Map(shares.map(share => [keyOf(share.bucket, share.key), share.charge])) }
}

function keyOf(bucket: number, key: readonly (string | null)[]): string {
  return JSON.stringify([bucket, ...key])
}

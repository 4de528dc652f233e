import type { Charges } from '@tollgate/charges'
import { type Decimal, type Period, type Scope, ZERO } from '@tollgate/kernel'
import type { Dimension, UsageFilter, UsageGroup, UsageMeasures, UsagePoint, UsageReport } from '@tollgate/usage'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { toDimensionFilter } from '../../../charges/graphql/dimension-filter.ts'

type UsageGroups = Awaited<ReturnType<UsageReport['groups']>>
type UsageGroupedSeries = Awaited<ReturnType<UsageReport['groupedSeries']>>

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
export type ChargeOf = (share: ChargedShare) => Promise<Decimal | null>

/** A share: of a group, or of all groups but some. */
export interface ChargedShare {
  readonly bucket?: number
  readonly key?: readonly (string | null)[]
  /** Keys of all other groups. */
  readonly except?: ReadonlySet<string>
}

/**
 * Returns a function that finds charges of a report, undefined for the usage of several tenants. It reads all of them together, once, when the first is
 * selected.
 */
export function readCharges({ tollgate, viewer }: GraphQLContext, { tenantId, range, filter }: ReportedUsage, division: Division = {}): ChargeOf | undefined {
  if (tenantId === null) return undefined
  let shares: Promise<Awaited<ReturnType<typeof measure>>> | undefined
  return async ({ bucket = 0, key = [], except }) => {
    shares ??= measure(tollgate.charges, { tenantId, range, filter: toDimensionFilter(filter), viewer, ...division })
    const { total, byBucket } = await shares
    if (division.buckets === undefined && division.by === undefined) return total
    const ofBucket = byBucket.get(bucket)
    if (except === undefined) {
      const charge = ofBucket?.get(JSON.stringify(key))
      // Without usage there is no share.
      return charge === undefined ? ZERO : charge
    }
    const others = [...(ofBucket ?? [])].filter(([group]) => !except.has(group))
    return others.reduce<Decimal | null>((sum, [, charge]) => (sum === null || charge === null ? null : sum.plus(charge)), ZERO)
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

/** Adds charges to the largest groups and the sum of all others. */
export function chargedGroupsAndOther({ groups, other, groupCount }: UsageGroups, chargeOf: ChargeOf | undefined): ChargedGroups {
  const except = new Set(groups.map(({ key }) => JSON.stringify(key.map(({ value }) => value))))
  return {
    groups: chargedGroups(groups, chargeOf),
    other: other && (chargeOf === undefined ? other : { ...other, readCharge: () => chargeOf({ except }) }),
    groupCount,
  }
}

/** The largest groups, and all others as one. */
export interface ChargedGroups extends Omit<UsageGroups, 'groups' | 'other'> {
  readonly groups: (UsageGroup & { readonly measures: ChargedMeasures })[]
  readonly other: ChargedMeasures | null
}

/** Adds charges to the points of several series, which are read together. */
export function chargedSeries({ series, other, groupCount }: UsageGroupedSeries, chargeOf: ChargeOf | undefined): ChargedSeries {
  const keyValues = (key: UsageGroup['key']) => key.map(({ value }) => value)
  const except = new Set(series.map(({ key }) => JSON.stringify(keyValues(key))))
  const charged = (points: readonly UsagePoint[], share: ChargedShare): ChargedPoint[] =>
    points.map(({ start, measures }, bucket) => ({
      start,
      measures: chargeOf === undefined ? measures : { ...measures, readCharge: () => chargeOf({ ...share, bucket }) },
    }))
  return {
    series: series.map(({ key, points }) => ({ key, points: charged(points, { key: keyValues(key) }) })),
    other: other && charged(other, { except }),
    groupCount,
  }
}

/** A point of a series whose charge is read when it is selected. */
export type ChargedPoint = UsagePoint & { readonly measures: ChargedMeasures }

/** A series for each of the largest groups, and one for all others. */
export interface ChargedSeries {
  readonly series: { readonly key: UsageGroup['key']; readonly points: ChargedPoint[] }[]
  readonly other: ChargedPoint[] | null
  readonly groupCount: number
}

async function measure(charges: Pick<Charges, 'measure'>, request: Parameters<Charges['measure']>[0]) {
  const { charge, shares } = await charges.measure(request)
  const ofBuckets = Map.groupBy(shares, ({ bucket }) => bucket)
  return {
    total: charge,
    byBucket: new Map([...ofBuckets].map(([bucket, of]) => [bucket, new Map(of.map(share => [JSON.stringify(share.key), share.charge]))])),
  }
}

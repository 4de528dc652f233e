import { type Decimal, type Period, splitPeriod, ZERO } from '@tollgate/kernel'
import {
  type Dimension,
  type Granularity,
  selectsSingleEvents,
  type UsageFilter,
  type UsageGroup,
  type UsageMeasures,
  type UsagePoint,
  type UsageReport,
} from '@tollgate/usage'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { toDimensionFilter } from '../../../charges/graphql/dimension-filter.ts'

type UsageGroups = Awaited<ReturnType<UsageReport['groups']>>
type UsageGroupedSeries = Awaited<ReturnType<UsageReport['groupedSeries']>>

/** The usage of a report that is charged. */
export interface ReportedUsage {
  /** Null for several tenants together. */
  readonly tenantId: string | null
  /** Finds the tenants with usage, if it is of several. Undefined if they are too many. */
  readonly readTenants?: () => Promise<readonly string[] | undefined>
  readonly range: Period
  readonly filter: UsageFilter
  /** Charges that are read for a series or for groups of this usage. They have its total too. */
  divided?: Promise<MeasuredShares | undefined>
}

/** Measures whose charge is read when it is selected. */
export interface ChargedMeasures extends UsageMeasures {
  /** Absent if single events are selected, which have no charge of their own. */
  readonly readCharge?: () => Promise<Decimal | null>
}

/** How measures are divided: the points of a series, or the dimensions of groups. */
interface Division {
  readonly buckets?: readonly Period[]
  readonly by?: readonly Dimension[]
}

/** Which charges may be read. */
interface ChargesNeeded extends Division {
  /** Whether they are read for sure: then reading starts at once, next to that of the usage. */
  readonly isSelected: boolean
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
 * Returns a function that finds charges of a report, undefined if it selects single events. It reads all of them together, once:
 * when the first is read, or at once if they are selected. Those of several tenants are added up: all are in the currency of prices.
 */
export function readCharges(context: GraphQLContext, usage: ReportedUsage, { isSelected, ...division }: ChargesNeeded): ChargeOf | undefined {
  if (selectsSingleEvents(usage.filter)) return undefined
  const isDivided = division.buckets !== undefined || division.by !== undefined
  const read = () => (isDivided ? (usage.divided = measure(context, usage, division)) : measureTotal(context, usage))
  let shares: ReturnType<typeof read> | undefined
  if (isSelected && (division.buckets?.length ?? 0) <= MAX_BUCKETS) {
    shares = read()
    shares.catch(() => {}) // The field that asks for a charge fails with it.
  }
  return async ({ bucket = 0, key = [], except }) => {
    const measured = await (shares ??= read())
    if (measured === undefined) return null
    const { total, byBucket } = measured
    if (!isDivided) return total
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

/** Adds charges to groups. */
export function chargedGroups(groups: readonly UsageGroup[], chargeOf: ChargeOf | undefined, readTotal?: ReadTotal): ChargedGroup[] {
  return groups.map(({ key, measures }) => ({
    key,
    measures: chargeOf === undefined ? measures : { ...measures, readCharge: () => chargeOf({ key: key.map(({ value }) => value) }) },
    ...(readTotal && { readTotal }),
  }))
}

/** Reads the total that groups are parts of. */
export type ReadTotal = () => Promise<ChargedMeasures>

/** A group whose charge, and whose part of the total, are read when they are selected. */
export type ChargedGroup = UsageGroup & { readonly measures: ChargedMeasures; readonly readTotal?: ReadTotal }

/** More buckets than a series may have. Charges of as many are not read: the series is refused. */
const MAX_BUCKETS = 10_000

/** The charges of a series that may be read. */
interface SeriesChargesNeeded extends Omit<ChargesNeeded, 'buckets'> {
  readonly granularity: Granularity
  readonly timeZone: string
}

/** Reads the charges of a series next to the series, like `readCharges`. */
export async function readSeriesCharges(
  context: GraphQLContext,
  usage: ReportedUsage,
  { granularity, timeZone, ...needed }: SeriesChargesNeeded,
): Promise<ChargeOf | undefined> {
  return readCharges(context, usage, { ...needed, buckets: [...splitPeriod(usage.range, granularity, timeZone).take(MAX_BUCKETS + 1)] })
}

/** Adds charges to the points of a series. */
export function chargedPoints(points: readonly UsagePoint[], chargeOf: ChargeOf | undefined): ChargedPoint[] {
  if (chargeOf === undefined) return [...points]
  return points.map(({ start, measures }, bucket) => ({ start, measures: { ...measures, readCharge: () => chargeOf({ bucket }) } }))
}

/** Adds charges to the largest groups and the sum of all others. */
export function chargedGroupsAndOther({ groups, other, groupCount }: UsageGroups, chargeOf: ChargeOf | undefined, readTotal: ReadTotal): ChargedGroups {
  const except = new Set(groups.map(({ key }) => JSON.stringify(key.map(({ value }) => value))))
  return {
    groups: chargedGroups(groups, chargeOf, readTotal),
    other: other && (chargeOf === undefined ? other : { ...other, readCharge: () => chargeOf({ except }) }),
    groupCount,
    readTotal,
  }
}

/** The largest groups, and all others as one. */
export interface ChargedGroups extends Omit<UsageGroups, 'groups' | 'other'> {
  readonly groups: ChargedGroup[]
  readonly other: ChargedMeasures | null
  readonly readTotal: ReadTotal
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

/** Charges of a report, by the position of their bucket and the text of their key. */
interface MeasuredShares {
  readonly total: Decimal | null
  readonly byBucket: ReadonlyMap<number, ReadonlyMap<string, Decimal | null>>
}

/** Maximum number of tenants whose charges are added up: each has its own rules. */
export const MAX_CHARGED_TENANTS = 100

/** Tenants that are charged at the same time. */
const TENANTS_AT_ONCE = 8

/** Measures the charge of all usage: with that of its series or groups, if they are read in the same turn. */
async function measureTotal(context: GraphQLContext, usage: ReportedUsage): Promise<MeasuredShares | undefined> {
  await new Promise(setImmediate)
  const alone = () => measure(context, usage, {})
  return usage.divided === undefined ? alone() : usage.divided.catch(alone)
}

async function measure({ tollgate, viewer }: GraphQLContext, usage: ReportedUsage, division: Division): Promise<MeasuredShares | undefined> {
  const { tenantId, range, filter } = usage
  const tenants = tenantId === null ? await usage.readTenants?.() : [tenantId]
  if (tenants === undefined) return undefined
  const request = { range, filter: toDimensionFilter(filter), viewer, ...division }
  let total: Decimal | null = tenants.length === 0 ? ZERO : null
  const byBucket = new Map<number, Map<string, Decimal | null>>()
  for (let at = 0; at < tenants.length; at += TENANTS_AT_ONCE) {
    const charged = await Promise.all(tenants.slice(at, at + TENANTS_AT_ONCE).map(id => tollgate.charges.measure({ ...request, tenantId: id })))
    for (const { charge, shares } of charged) {
      total = addCharges(total, charge)
      for (const share of shares) {
        const ofBucket = byBucket.get(share.bucket) ?? new Map<string, Decimal | null>()
        const key = JSON.stringify(share.key)
        byBucket.set(share.bucket, ofBucket.set(key, addCharges(ofBucket.get(key) ?? null, share.charge)))
      }
    }
  }
  return { total, byBucket }
}

/** Usage without a price adds nothing. */
function addCharges(a: Decimal | null, b: Decimal | null): Decimal | null {
  return a === null ? b : b === null ? a : a.plus(b)
}

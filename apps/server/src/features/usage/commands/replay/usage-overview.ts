import type { GraphQLClient } from '../../../../cli/graphql-client.ts'

/** An integer as GraphQL returns it: a string if it is more than 2^53 - 1. */
export type Integer = number | string

/** Usage as GraphQL returns it. Money is a decimal string. */
export interface Measures {
  readonly calls: number
  readonly cost: string
  readonly customers: number
  readonly averageCostPerCall: string | null
  readonly unpricedCalls: number
  readonly unpricedReasons: readonly { readonly reason: string; readonly calls: number }[]
  readonly tokens: { readonly total: Integer; readonly input: Integer; readonly output: Integer }
}

/** The usage of one combination of dimension values. */
export interface Group {
  readonly key: readonly { readonly value: string | null }[]
  readonly measures: Measures
}

/** The usage that a replay shows. */
export interface UsageOverview {
  readonly totals: Measures
  readonly providers: readonly Group[]
  readonly customers: readonly Group[]
  readonly products: readonly Group[]
  readonly features: readonly Group[]
  readonly days: readonly { readonly start: string; readonly measures: Measures }[]
}

const OVERVIEW = `query Overview($range: TimeRangeInput!, $filter: UsageFilterInput!) {
  usage(range: $range, filter: $filter) {
    totals { ...Sums }
    providers: breakdown(by: [PROVIDER]) { ...GroupSums }
    customers: breakdown(by: [CUSTOMER], first: 10) { ...GroupSums }
    products: breakdown(by: [ORGANIZATION, PRODUCT], first: 200) { ...GroupSums }
    features: breakdown(by: [FEATURE]) { ...GroupSums }
    days: series(granularity: DAY) { start measures { ...Sums } }
  }
}
fragment Sums on UsageMeasures { calls cost customers averageCostPerCall unpricedCalls unpricedReasons { reason calls } tokens { total input output } }
fragment GroupSums on UsageGroup { key { value } measures { ...Sums } }`

/** Reads the usage of some organizations from the server. */
export async function fetchOverview(
  client: GraphQLClient,
  { from, to, organizationIds }: { from: string; to: string; organizationIds: readonly string[] },
): Promise<UsageOverview> {
  const { usage } = await client.request<{ usage: UsageOverview }>(OVERVIEW, { range: { from, to }, filter: { organizationIds } })
  return usage
}

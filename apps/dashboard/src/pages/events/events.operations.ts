// Generated from events.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type UsageStatus =
  | 'SUCCESS'
  | 'FAILURE'
  | 'RATE_LIMITED';

export type PricingState =
  | 'PRICED'
  | 'UNPRICED'
  | 'REPORTED'
  | 'NOT_APPLICABLE';

export type Dimension =
  | 'PROVIDER'
  | 'MODEL'
  | 'OPERATION'
  | 'STATUS'
  | 'CUSTOMER'
  | 'ORGANIZATION'
  | 'PRODUCT'
  | 'FEATURE'
  | 'TIER'
  | 'ENVIRONMENT'
  | 'TASK_TYPE'
  | 'TENANT'
  | 'SESSION';

export type UsagePeriod =
  | 'TODAY'
  | 'YESTERDAY'
  | 'LAST_7_DAYS'
  | 'LAST_30_DAYS'
  | 'THIS_MONTH'
  | 'LAST_MONTH'
  | 'BILLING_PERIOD';

export type ServiceTier =
  | 'STANDARD'
  | 'BATCH'
  | 'FLEX'
  | 'PRIORITY';

export type PriceSource =
  | 'BUNDLED'
  | 'CUSTOM'
  | 'TENANT';

export type UnpricedReason =
  | 'NO_MODEL'
  | 'UNKNOWN_MODEL'
  | 'NO_PRICE_AT_TIME'
  | 'NO_PRICE_AS_SERVED'
  | 'NO_RATE_FOR_POOL'
  | 'NO_PRICE_FOR_UNIT'
  | 'NO_USAGE';

export type ChargeState =
  | 'CHARGED'
  | 'UNPRICED'
  | 'NOT_APPLICABLE';

export type CreditEntryKind =
  | 'GRANT'
  | 'DEBIT'
  | 'RESERVE'
  | 'SETTLE'
  | 'RELEASE'
  | 'EXPIRE'
  | 'ROLLOVER'
  | 'VOID'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN'
  | 'CORRECTION';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type CostRangeInput = {
  readonly atLeast?: string | null | undefined;
  readonly atMost?: string | null | undefined;
};

export type UsageFilterInput = {
  readonly providers?: ReadonlyArray<string> | null | undefined;
  readonly models?: ReadonlyArray<string> | null | undefined;
  readonly operations?: ReadonlyArray<string> | null | undefined;
  readonly statuses?: ReadonlyArray<UsageStatus> | null | undefined;
  readonly customerIds?: ReadonlyArray<string> | null | undefined;
  readonly organizationIds?: ReadonlyArray<string> | null | undefined;
  readonly productIds?: ReadonlyArray<string> | null | undefined;
  readonly featureIds?: ReadonlyArray<string> | null | undefined;
  readonly tiers?: ReadonlyArray<string> | null | undefined;
  readonly environments?: ReadonlyArray<string> | null | undefined;
  readonly taskTypes?: ReadonlyArray<string> | null | undefined;
  readonly missing?: ReadonlyArray<Dimension> | null | undefined;
  readonly sessionIds?: ReadonlyArray<string> | null | undefined;
  readonly requestIds?: ReadonlyArray<string> | null | undefined;
  readonly traceIds?: ReadonlyArray<string> | null | undefined;
  readonly identifiers?: ReadonlyArray<string> | null | undefined;
  readonly pricingStates?: ReadonlyArray<PricingState> | null | undefined;
  readonly cost?: CostRangeInput | null | undefined;
};

export type EventRangeQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period?: UsagePeriod | null | undefined;
  range?: TimeRangeInput | null | undefined;
  timeZone: string;
}>;


export type EventRangeQuery = { readonly usage: { readonly from: string, readonly to: string } };

export type EventSearchValuesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  period?: UsagePeriod | null | undefined;
  range?: TimeRangeInput | null | undefined;
  timeZone: string;
}>;


export type EventSearchValuesQuery = { readonly usage: { readonly PROVIDER: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly MODEL: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly OPERATION: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly CUSTOMER: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly ORGANIZATION: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly PRODUCT: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly FEATURE: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly TIER: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly ENVIRONMENT: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> }, readonly TASK_TYPE: { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> } } };

export type SearchValuesFragment = { readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number } }> };

export type EventsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
  filter?: UsageFilterInput | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type EventsQuery = { readonly usageEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly occurredAt: string, readonly operation: string, readonly status: UsageStatus, readonly provider: string | null, readonly model: string | null, readonly cost: string | null, readonly pricingState: PricingState, readonly latencyMs: number | null, readonly tenant: { readonly id: string, readonly name: string }, readonly tokens: { readonly total: string | number } | null, readonly metadata: { readonly customerId: string | null, readonly featureId: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type EventRowFragment = { readonly id: string, readonly occurredAt: string, readonly operation: string, readonly status: UsageStatus, readonly provider: string | null, readonly model: string | null, readonly cost: string | null, readonly pricingState: PricingState, readonly latencyMs: number | null, readonly tenant: { readonly id: string, readonly name: string }, readonly tokens: { readonly total: string | number } | null, readonly metadata: { readonly customerId: string | null, readonly featureId: string | null } };

export type EventDetailsQueryVariables = Exact<{
  id: string;
}>;


export type EventDetailsQuery = { readonly explainCharge: { readonly event: { readonly id: string, readonly idempotencyKey: string, readonly occurredAt: string, readonly recordedAt: string, readonly operation: string, readonly status: UsageStatus, readonly provider: string | null, readonly model: string | null, readonly quantity: string | null, readonly cost: string | null, readonly recordedCost: string | null, readonly reportedCost: string | null, readonly pricingState: PricingState, readonly unpricedReason: UnpricedReason | null, readonly latencyMs: number | null, readonly statusCode: number | null, readonly errorMessage: string | null, readonly serviceTier: string | null, readonly speed: string | null, readonly region: string | null, readonly creditsSent: string | null, readonly description: string | null, readonly resourceType: string | null, readonly resourceId: string | null, readonly reservationId: string | null, readonly tenant: { readonly id: string, readonly name: string }, readonly tokens: { readonly total: string | number, readonly input: string | number, readonly output: string | number, readonly cacheRead: string | number, readonly cacheReadAudio: string | number, readonly cacheReadImage: string | number, readonly cacheReadVideo: string | number, readonly cacheWrite5m: string | number, readonly cacheWrite30m: string | number, readonly cacheWrite1h: string | number, readonly cacheWrite12h: string | number, readonly reasoning: string | number, readonly audioInput: string | number, readonly audioOutput: string | number, readonly imageInput: string | number, readonly imageOutput: string | number, readonly videoInput: string | number, readonly videoOutput: string | number } | null, readonly units: ReadonlyArray<{ readonly kind: string, readonly variant: string | null, readonly quantity: string }>, readonly price: { readonly id: string, readonly source: PriceSource, readonly provider: string, readonly model: string, readonly from: string | null, readonly to: string | null, readonly serviceTier: ServiceTier, readonly publishedAt: string } | null, readonly metadata: { readonly customerId: string | null, readonly organizationId: string | null, readonly productId: string | null, readonly featureId: string | null, readonly subscriptionTier: string | null, readonly environment: string | null, readonly taskType: string | null, readonly sessionId: string | null, readonly traceId: string | null, readonly requestId: string | null, readonly attributes: unknown }, readonly corrections: ReadonlyArray<{ readonly correctedAt: string, readonly from: { readonly pricingState: PricingState, readonly cost: string | null }, readonly to: { readonly pricingState: PricingState, readonly cost: string | null } }> }, readonly explanation: { readonly state: ChargeState, readonly currency: string, readonly cost: string | null, readonly charge: string | null, readonly at: string, readonly reason: string | null, readonly notes: ReadonlyArray<string>, readonly text: string, readonly steps: ReadonlyArray<
        | { readonly __typename: 'CostStep', readonly effectiveFrom: string | null, readonly effectiveTo: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string, readonly lines: ReadonlyArray<{ readonly label: string, readonly quantity: string, readonly units: string, readonly unitPrice: string, readonly amount: string }> }
        | { readonly __typename: 'PriceStep', readonly kind: string, readonly metered: string, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string, readonly lines: ReadonlyArray<{ readonly label: string, readonly quantity: string, readonly units: string, readonly unitPrice: string, readonly amount: string }> }
        | { readonly __typename: 'MarkupStep', readonly percent: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
        | { readonly __typename: 'DiscountStep', readonly priority: number, readonly amountBeforeLimits: string | null, readonly maximum: string | null, readonly remainingBudget: string | null, readonly floor: string, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
        | { readonly __typename: 'BoundsStep', readonly atLeast: string | null, readonly atMost: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
        | { readonly __typename: 'RoundingStep', readonly scale: number | null, readonly mode: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
      > } } | null };

export type ExplanationFragment = { readonly state: ChargeState, readonly currency: string, readonly cost: string | null, readonly charge: string | null, readonly at: string, readonly reason: string | null, readonly notes: ReadonlyArray<string>, readonly text: string, readonly steps: ReadonlyArray<
    | { readonly __typename: 'CostStep', readonly effectiveFrom: string | null, readonly effectiveTo: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string, readonly lines: ReadonlyArray<{ readonly label: string, readonly quantity: string, readonly units: string, readonly unitPrice: string, readonly amount: string }> }
    | { readonly __typename: 'PriceStep', readonly kind: string, readonly metered: string, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string, readonly lines: ReadonlyArray<{ readonly label: string, readonly quantity: string, readonly units: string, readonly unitPrice: string, readonly amount: string }> }
    | { readonly __typename: 'MarkupStep', readonly percent: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
    | { readonly __typename: 'DiscountStep', readonly priority: number, readonly amountBeforeLimits: string | null, readonly maximum: string | null, readonly remainingBudget: string | null, readonly floor: string, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
    | { readonly __typename: 'BoundsStep', readonly atLeast: string | null, readonly atMost: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
    | { readonly __typename: 'RoundingStep', readonly scale: number | null, readonly mode: string | null, readonly rule: string | null, readonly before: string, readonly after: string, readonly applied: boolean, readonly reason: string }
  > };

export type LineFragment = { readonly label: string, readonly quantity: string, readonly units: string, readonly unitPrice: string, readonly amount: string };

export type EventCreditsQueryVariables = Exact<{
  tenantId: string;
  customerId?: string | null | undefined;
  hasCustomer: boolean;
  range: TimeRangeInput;
}>;


export type EventCreditsQuery = { readonly ofTenant: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly amount: string, readonly balanceAfter: string, readonly eventId: string | null }> }, readonly ofCustomer?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: CreditEntryKind, readonly amount: string, readonly balanceAfter: string, readonly eventId: string | null }> } };

export type CreditsOfEventFragment = { readonly id: string, readonly kind: CreditEntryKind, readonly amount: string, readonly balanceAfter: string, readonly eventId: string | null };

export const EVENT_RANGE = "query EventRange($tenantId:ID$period:UsagePeriod$range:TimeRangeInput$timeZone:String!){usage(tenantId:$tenantId period:$period range:$range timeZone:$timeZone){from to}}" as Operation<EventRangeQuery, EventRangeQueryVariables>
export const EVENT_SEARCH_VALUES = "query EventSearchValues($tenantId:ID$period:UsagePeriod$range:TimeRangeInput$timeZone:String!){usage(tenantId:$tenantId period:$period range:$range timeZone:$timeZone){PROVIDER:groups(by:[PROVIDER]orderBy:CALLS first:100){...SearchValues}MODEL:groups(by:[MODEL]orderBy:CALLS first:100){...SearchValues}OPERATION:groups(by:[OPERATION]orderBy:CALLS first:100){...SearchValues}CUSTOMER:groups(by:[CUSTOMER]orderBy:CALLS first:100){...SearchValues}ORGANIZATION:groups(by:[ORGANIZATION]orderBy:CALLS first:100){...SearchValues}PRODUCT:groups(by:[PRODUCT]orderBy:CALLS first:100){...SearchValues}FEATURE:groups(by:[FEATURE]orderBy:CALLS first:100){...SearchValues}TIER:groups(by:[TIER]orderBy:CALLS first:100){...SearchValues}ENVIRONMENT:groups(by:[ENVIRONMENT]orderBy:CALLS first:100){...SearchValues}TASK_TYPE:groups(by:[TASK_TYPE]orderBy:CALLS first:100){...SearchValues}}}fragment SearchValues on UsageGroups{groups{key{value}measures{calls}}}" as Operation<EventSearchValuesQuery, EventSearchValuesQueryVariables>
export const EVENTS = "query Events($tenantId:ID$range:TimeRangeInput!$filter:UsageFilterInput$first:Int!$after:String){usageEvents(tenantId:$tenantId range:$range filter:$filter first:$first after:$after){nodes{...EventRow}pageInfo{hasNextPage endCursor}}}fragment EventRow on UsageEvent{id occurredAt operation status provider model cost pricingState latencyMs tenant{id name}tokens{total}metadata{customerId featureId}}" as Operation<EventsQuery, EventsQueryVariables>
export const EVENT_DETAILS = "query EventDetails($id:ID!){explainCharge(eventId:$id){event{id idempotencyKey occurredAt recordedAt operation status provider model quantity cost recordedCost reportedCost pricingState unpricedReason latencyMs statusCode errorMessage serviceTier speed region creditsSent description resourceType resourceId reservationId tenant{id name}tokens{total input output cacheRead cacheReadAudio cacheReadImage cacheReadVideo cacheWrite5m cacheWrite30m cacheWrite1h cacheWrite12h reasoning audioInput audioOutput imageInput imageOutput videoInput videoOutput}units{kind variant quantity}price{id source provider model from to serviceTier publishedAt}metadata{customerId organizationId productId featureId subscriptionTier environment taskType sessionId traceId requestId attributes}corrections{correctedAt from{pricingState cost}to{pricingState cost}}}explanation{...Explanation}}}fragment Explanation on ChargeExplanation{state currency cost charge at reason notes text steps{__typename rule before after applied reason ...on CostStep{effectiveFrom effectiveTo lines{...Line}}...on PriceStep{kind metered lines{...Line}}...on MarkupStep{percent}...on DiscountStep{priority amountBeforeLimits maximum remainingBudget floor}...on BoundsStep{atLeast atMost}...on RoundingStep{scale mode}}}fragment Line on ChargeLine{label quantity units unitPrice amount}" as Operation<EventDetailsQuery, EventDetailsQueryVariables>
export const EVENT_CREDITS = "query EventCredits($tenantId:ID!$customerId:ID$hasCustomer:Boolean!$range:TimeRangeInput!){ofTenant:creditEntries(tenantId:$tenantId range:$range first:1000){nodes{...CreditsOfEvent}}ofCustomer:creditEntries(tenantId:$tenantId customerId:$customerId range:$range first:1000)@include(if:$hasCustomer){nodes{...CreditsOfEvent}}}fragment CreditsOfEvent on CreditEntry{id kind amount balanceAfter eventId}" as Operation<EventCreditsQuery, EventCreditsQueryVariables>
// Generated from subscriptions.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

export type FeeInterval =
  | 'MONTH'
  | 'YEAR';

export type FeeTiming =
  | 'IN_ADVANCE'
  | 'IN_ARREARS';

export type BillingSubscriptionStatus =
  | 'SCHEDULED'
  | 'TRIALING'
  | 'ACTIVE'
  | 'PAUSED'
  | 'CANCELLED'
  | 'EXPIRED';

export type BillingPhaseState =
  | 'TRIAL'
  | 'ACTIVE'
  | 'PAUSED';

export type SubscriptionChangeTime =
  | 'NOW'
  | 'PERIOD_END';

export type UsageFigure =
  | 'QUANTITY'
  | 'SUBTOTAL';

export type MeasuredOver =
  | 'CHARGE'
  | 'PERIOD';

export type Weekday =
  | 'MONDAY'
  | 'TUESDAY'
  | 'WEDNESDAY'
  | 'THURSDAY'
  | 'FRIDAY'
  | 'SATURDAY'
  | 'SUNDAY';

export type DiscountBasis =
  | 'REMAINING'
  | 'SUBTOTAL';

export type PartialBlock =
  | 'CHARGED'
  | 'FREE';

export type CountedUsage =
  | 'TOKENS'
  | 'QUANTITY'
  | 'REQUESTS';

export type QuotaMetric =
  | 'REQUESTS'
  | 'TOKENS'
  | 'COST'
  | 'CREDITS'
  | 'OPERATIONS';

export type QuotaWindow =
  | 'MINUTE'
  | 'HOUR'
  | 'DAY'
  | 'WEEK'
  | 'MONTH'
  | 'BILLING_PERIOD';

export type QuotaEnforcement =
  | 'HARD'
  | 'SOFT'
  | 'GRACE';

export type QuotaFailureMode =
  | 'ALLOW'
  | 'DENY';

export type TrialConversionTime =
  | 'NOW'
  | 'TRIAL_END';

export type ChangePlanInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly plan: string;
  readonly seats?: number | null | undefined;
  readonly at?: SubscriptionChangeTime | null | undefined;
};

export type ChangeSeatsInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly seats: number;
  readonly at?: SubscriptionChangeTime | null | undefined;
};

export type PauseSubscriptionInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly resumesAt?: string | null | undefined;
};

export type ResumeSubscriptionInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
};

export type CancelSubscriptionInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly at?: SubscriptionChangeTime | null | undefined;
};

export type AnyOfInput = {
  readonly anyOf: ReadonlyArray<string>;
};

export type UsageThresholdInput = {
  readonly measure: UsageFigure;
  readonly of?: MeasuredOver | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
};

export type ValidityInput = {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
};

export type HoursOfDayInput = {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
};

export type WeekdaysInput = {
  readonly days: ReadonlyArray<Weekday>;
  readonly timeZone: string;
};

export type ProviderModelInput = {
  readonly providers?: ReadonlyArray<string> | null | undefined;
  readonly models?: ReadonlyArray<string> | null | undefined;
};

export type DimensionConditionInput = {
  readonly dimension: string;
  readonly anyOf: ReadonlyArray<string>;
};

export type CouponInput = {
  readonly code: string;
  readonly maximumRedemptions?: number | null | undefined;
  readonly maximumRedemptionsPerCustomer?: number | null | undefined;
};

export type DiscountConditionInput =
  {   readonly billingTier: AnyOfInput; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never;   readonly usageThreshold: UsageThresholdInput; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never;   readonly validity: ValidityInput; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never;   readonly hoursOfDay: HoursOfDayInput; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never;   readonly weekdays: WeekdaysInput; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never;   readonly providerModel: ProviderModelInput; readonly firstTimeCustomer?: never; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never;   readonly firstTimeCustomer: boolean; readonly dimension?: never; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never;   readonly dimension: DimensionConditionInput; readonly coupon?: never; }
  |  { readonly billingTier?: never; readonly usageThreshold?: never; readonly validity?: never; readonly hoursOfDay?: never; readonly weekdays?: never; readonly providerModel?: never; readonly firstTimeCustomer?: never; readonly dimension?: never;   readonly coupon: CouponInput; };

export type PercentageOffInput = {
  readonly percent: string;
  readonly basis?: DiscountBasis | null | undefined;
};

export type FixedOffInput = {
  readonly amount: string;
};

export type DiscountTierInput = {
  readonly from: string;
  readonly percent: string;
};

export type TieredOffInput = {
  readonly measure: UsageFigure;
  readonly of?: MeasuredOver | null | undefined;
  readonly basis?: DiscountBasis | null | undefined;
  readonly tiers: ReadonlyArray<DiscountTierInput>;
};

export type DiscountEffectInput =
  {   readonly percentage: PercentageOffInput; readonly fixed?: never; readonly tiered?: never; }
  |  { readonly percentage?: never;   readonly fixed: FixedOffInput; readonly tiered?: never; }
  |  { readonly percentage?: never; readonly fixed?: never;   readonly tiered: TieredOffInput; };

export type DiscountStackingInput =
  {   readonly stackable: boolean; readonly exclusive?: never; readonly bestOf?: never; }
  |  { readonly stackable?: never;   readonly exclusive: boolean; readonly bestOf?: never; }
  |  { readonly stackable?: never; readonly exclusive?: never;   readonly bestOf: string; };

export type FlatFeeInput = {
  readonly fee: string;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type PerUnitInput = {
  readonly unitPrice: string;
  readonly per?: number | null | undefined;
  readonly includedUnits?: string | null | undefined;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type PackagePriceInput = {
  readonly size: string;
  readonly price: string;
  readonly partialBlock: PartialBlock;
  readonly includedUnits?: string | null | undefined;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type PriceTierInput = {
  readonly from: string;
  readonly unitPrice: string;
  readonly flatFee?: string | null | undefined;
};

export type GraduatedPriceInput = {
  readonly tiers: ReadonlyArray<PriceTierInput>;
  readonly includedUnits?: string | null | undefined;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type VolumePriceInput = {
  readonly tiers: ReadonlyArray<PriceTierInput>;
  readonly includedUnits?: string | null | undefined;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type PercentagePriceInput = {
  readonly percent: string;
  readonly fixed?: string | null | undefined;
  readonly minimumPerTransaction?: string | null | undefined;
  readonly maximumPerTransaction?: string | null | undefined;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type CellValueInput = {
  readonly dimension: string;
  readonly value: string;
};

export type MatrixCellInput = {
  readonly of: ReadonlyArray<CellValueInput>;
  readonly price: PriceModelInput;
};

export type MatrixPriceInput = {
  readonly dimensions: ReadonlyArray<string>;
  readonly cells: ReadonlyArray<MatrixCellInput>;
  readonly minimum?: string | null | undefined;
  readonly maximum?: string | null | undefined;
};

export type PriceModelInput =
  {   readonly flatFee: FlatFeeInput; readonly perUnit?: never; readonly package?: never; readonly graduated?: never; readonly volume?: never; readonly percentage?: never; readonly matrix?: never; }
  |  { readonly flatFee?: never;   readonly perUnit: PerUnitInput; readonly package?: never; readonly graduated?: never; readonly volume?: never; readonly percentage?: never; readonly matrix?: never; }
  |  { readonly flatFee?: never; readonly perUnit?: never;   readonly package: PackagePriceInput; readonly graduated?: never; readonly volume?: never; readonly percentage?: never; readonly matrix?: never; }
  |  { readonly flatFee?: never; readonly perUnit?: never; readonly package?: never;   readonly graduated: GraduatedPriceInput; readonly volume?: never; readonly percentage?: never; readonly matrix?: never; }
  |  { readonly flatFee?: never; readonly perUnit?: never; readonly package?: never; readonly graduated?: never;   readonly volume: VolumePriceInput; readonly percentage?: never; readonly matrix?: never; }
  |  { readonly flatFee?: never; readonly perUnit?: never; readonly package?: never; readonly graduated?: never; readonly volume?: never;   readonly percentage: PercentagePriceInput; readonly matrix?: never; }
  |  { readonly flatFee?: never; readonly perUnit?: never; readonly package?: never; readonly graduated?: never; readonly volume?: never; readonly percentage?: never;   readonly matrix: MatrixPriceInput; };

export type QuotaGraceInput =
  {   readonly percent: string; readonly amount?: never; }
  |  { readonly percent?: never;   readonly amount: string; };

export type QuotaLeaseInput = {
  readonly ttlSeconds?: number | null | undefined;
};

export type QuotaPolicyInput = {
  readonly metric: QuotaMetric;
  readonly operation?: string | null | undefined;
  readonly window: QuotaWindow;
  readonly sliding?: boolean | null | undefined;
  readonly scope?: ReadonlyArray<Dimension> | null | undefined;
  readonly limit?: string | null | undefined;
  readonly enforcement?: QuotaEnforcement | null | undefined;
  readonly grace?: QuotaGraceInput | null | undefined;
  readonly alertAt?: ReadonlyArray<string> | null | undefined;
  readonly largestHold?: string | null | undefined;
  readonly unknownAmount?: QuotaFailureMode | null | undefined;
  readonly storeFailure?: QuotaFailureMode | null | undefined;
  readonly lease?: QuotaLeaseInput | null | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validTo?: string | null | undefined;
};

export type PlanSeatsInput = {
  readonly included?: number | null | undefined;
  readonly unitPrice: string;
};

export type PlanMarkupInput = {
  readonly percent: string;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
};

export type PlanDiscountInput = {
  readonly effect: DiscountEffectInput;
  readonly conditions?: ReadonlyArray<DiscountConditionInput> | null | undefined;
  readonly priority?: number | null | undefined;
  readonly stacking?: DiscountStackingInput | null | undefined;
  readonly maximum?: string | null | undefined;
  readonly floor?: string | null | undefined;
  readonly budget?: string | null | undefined;
};

export type PlanPriceListInput = {
  readonly model: PriceModelInput;
  readonly counts?: CountedUsage | null | undefined;
};

export type PlanUsageChargeInput = {
  readonly name: string;
  readonly markup?: PlanMarkupInput | null | undefined;
  readonly discount?: PlanDiscountInput | null | undefined;
  readonly priceModel?: PlanPriceListInput | null | undefined;
};

export type PlanQuotasInput = {
  readonly unlisted: QuotaFailureMode;
  readonly policies: ReadonlyArray<QuotaPolicyInput>;
};

export type PlanCreditAllowanceInput = {
  readonly amount: string;
  readonly rolloverPercent?: string | null | undefined;
};

export type PublishBillingPlanInput = {
  readonly name: string;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly feeInterval?: FeeInterval | null | undefined;
  readonly feeTiming?: FeeTiming | null | undefined;
  readonly recurringFee?: string | null | undefined;
  readonly seats?: PlanSeatsInput | null | undefined;
  readonly usageCharges?: ReadonlyArray<PlanUsageChargeInput> | null | undefined;
  readonly minimumCommitment?: string | null | undefined;
  readonly quotas?: PlanQuotasInput | null | undefined;
  readonly creditAllowance?: PlanCreditAllowanceInput | null | undefined;
  readonly creditValue?: string | null | undefined;
  readonly trialDays?: number | null | undefined;
  readonly rank?: number | null | undefined;
};

export type SubscribeInput = {
  readonly tenantId: string;
  readonly plan: string;
  readonly seats?: number | null | undefined;
  readonly from?: string | null | undefined;
  readonly anchorDay?: number | null | undefined;
};

export type StartTrialInput = {
  readonly tenantId: string;
  readonly plan: string;
  readonly seats?: number | null | undefined;
  readonly from?: string | null | undefined;
  readonly anchorDay?: number | null | undefined;
  readonly days?: number | null | undefined;
  readonly converts?: boolean | null | undefined;
};

export type ExtendTrialInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly until: string;
};

export type ConvertTrialInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
  readonly plan?: string | null | undefined;
  readonly seats?: number | null | undefined;
  readonly at?: TrialConversionTime | null | undefined;
};

export type ExpireTrialInput = {
  readonly tenantId: string;
  readonly revision?: number | null | undefined;
};

export type RevenueQueryVariables = Exact<{
  since: string;
  currency?: string | null | undefined;
}>;


export type RevenueQuery = { readonly recurringRevenue: { readonly at: string, readonly currency: string, readonly mrr: string, readonly arr: string, readonly payingTenants: number, readonly movements: { readonly new: string, readonly expansion: string, readonly contraction: string, readonly churn: string, readonly reactivation: string } } };

export type PlansQueryVariables = Exact<{ [key: string]: never; }>;


export type PlansQuery = { readonly billingPlans: ReadonlyArray<{ readonly key: string, readonly title: string, readonly description: string | null, readonly currency: string, readonly recurringFee: string, readonly feeInterval: FeeInterval, readonly trialDays: number, readonly seats: { readonly included: number, readonly unitPrice: string } | null, readonly creditAllowance: { readonly amount: string } | null }> };

export type TenantSubscriptionQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type TenantSubscriptionQuery = { readonly subscription: { readonly id: string, readonly status: BillingSubscriptionStatus, readonly seats: number, readonly currency: string, readonly timeZone: string, readonly startedAt: string, readonly trialEndsAt: string | null, readonly cancelsAt: string | null, readonly endedAt: string | null, readonly revision: number, readonly plan: { readonly key: string, readonly title: string, readonly seats: { readonly included: number } | null } | null, readonly currentPeriod: { readonly from: string, readonly to: string }, readonly phases: ReadonlyArray<{ readonly from: string, readonly to: string | null, readonly state: BillingPhaseState, readonly planKey: string, readonly seats: number }> } | null };

export type SubscribeMutationVariables = Exact<{
  input: SubscribeInput;
}>;


export type SubscribeMutation = { readonly subscribe:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'OverlappingSubscriptionError', readonly message: string }
    | { readonly __typename: 'SubscribePayload' }
   };

export type ChangePlanMutationVariables = Exact<{
  input: ChangePlanInput;
}>;


export type ChangePlanMutation = { readonly changePlan:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ChangePlanPayload' }
   };

export type CancelSubscriptionMutationVariables = Exact<{
  input: CancelSubscriptionInput;
}>;


export type CancelSubscriptionMutation = { readonly cancelSubscription:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'CancelSubscriptionPayload' }
   };

export type ChangeSeatsMutationVariables = Exact<{
  input: ChangeSeatsInput;
}>;


export type ChangeSeatsMutation = { readonly changeSeats:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ChangeSeatsPayload' }
   };

export type PauseSubscriptionMutationVariables = Exact<{
  input: PauseSubscriptionInput;
}>;


export type PauseSubscriptionMutation = { readonly pauseSubscription:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'PauseSubscriptionPayload' }
   };

export type ResumeSubscriptionMutationVariables = Exact<{
  input: ResumeSubscriptionInput;
}>;


export type ResumeSubscriptionMutation = { readonly resumeSubscription:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ResumeSubscriptionPayload' }
   };

export type PublishPlanMutationVariables = Exact<{
  input: PublishBillingPlanInput;
}>;


export type PublishPlanMutation = { readonly publishBillingPlan:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'PublishBillingPlanPayload' }
   };

export type StartTrialMutationVariables = Exact<{
  input: StartTrialInput;
}>;


export type StartTrialMutation = { readonly startTrial:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'OverlappingSubscriptionError', readonly message: string }
    | { readonly __typename: 'StartTrialPayload' }
   };

export type ExtendTrialMutationVariables = Exact<{
  input: ExtendTrialInput;
}>;


export type ExtendTrialMutation = { readonly extendTrial:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ExtendTrialPayload' }
   };

export type ConvertTrialMutationVariables = Exact<{
  input: ConvertTrialInput;
}>;


export type ConvertTrialMutation = { readonly convertTrial:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ConvertTrialPayload' }
   };

export type ExpireTrialMutationVariables = Exact<{
  input: ExpireTrialInput;
}>;


export type ExpireTrialMutation = { readonly expireTrial:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ChangeInThePastError', readonly message: string }
    | { readonly __typename: 'SubscriptionNotChangeableError', readonly message: string }
    | { readonly __typename: 'SubscriptionChangedError', readonly message: string }
    | { readonly __typename: 'ExpireTrialPayload' }
   };

export type PreviewChangeQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  plan?: string | null | undefined;
  seats?: number | null | undefined;
  at?: SubscriptionChangeTime | null | undefined;
}>;


export type PreviewChangeQuery = { readonly previewSubscriptionChange: { readonly takesEffectAt: string, readonly invoicedAt: string, readonly currency: string, readonly difference: string, readonly unchanged: { readonly total: string }, readonly changed: { readonly total: string, readonly lines: ReadonlyArray<{ readonly description: string, readonly periodFrom: string, readonly periodTo: string, readonly amount: string }> } } };

export const REVENUE = "query Revenue($since:DateTime!$currency:String){recurringRevenue(since:$since currency:$currency){at currency mrr arr payingTenants movements{new expansion contraction churn reactivation}}}" as Operation<RevenueQuery, RevenueQueryVariables>
export const PLANS = "query Plans{billingPlans{key title description currency recurringFee feeInterval trialDays seats{included unitPrice}creditAllowance{amount}}}" as Operation<PlansQuery, PlansQueryVariables>
export const TENANT_SUBSCRIPTION = "query TenantSubscription($tenantId:ID){subscription(tenantId:$tenantId){id status seats currency timeZone startedAt trialEndsAt cancelsAt endedAt revision plan{key title seats{included}}currentPeriod{from to}phases{from to state planKey seats}}}" as Operation<TenantSubscriptionQuery, TenantSubscriptionQueryVariables>
export const SUBSCRIBE = "mutation Subscribe($input:SubscribeInput!){subscribe(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SubscribeMutation, SubscribeMutationVariables>
export const CHANGE_PLAN = "mutation ChangePlan($input:ChangePlanInput!){changePlan(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ChangePlanMutation, ChangePlanMutationVariables>
export const CANCEL_SUBSCRIPTION = "mutation CancelSubscription($input:CancelSubscriptionInput!){cancelSubscription(input:$input){__typename ...on Error{message}}}" as Operation<CancelSubscriptionMutation, CancelSubscriptionMutationVariables>
export const CHANGE_SEATS = "mutation ChangeSeats($input:ChangeSeatsInput!){changeSeats(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ChangeSeatsMutation, ChangeSeatsMutationVariables>
export const PAUSE_SUBSCRIPTION = "mutation PauseSubscription($input:PauseSubscriptionInput!){pauseSubscription(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PauseSubscriptionMutation, PauseSubscriptionMutationVariables>
export const RESUME_SUBSCRIPTION = "mutation ResumeSubscription($input:ResumeSubscriptionInput!){resumeSubscription(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ResumeSubscriptionMutation, ResumeSubscriptionMutationVariables>
export const PUBLISH_PLAN = "mutation PublishPlan($input:PublishBillingPlanInput!){publishBillingPlan(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishPlanMutation, PublishPlanMutationVariables>
export const START_TRIAL = "mutation StartTrial($input:StartTrialInput!){startTrial(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<StartTrialMutation, StartTrialMutationVariables>
export const EXTEND_TRIAL = "mutation ExtendTrial($input:ExtendTrialInput!){extendTrial(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ExtendTrialMutation, ExtendTrialMutationVariables>
export const CONVERT_TRIAL = "mutation ConvertTrial($input:ConvertTrialInput!){convertTrial(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ConvertTrialMutation, ConvertTrialMutationVariables>
export const EXPIRE_TRIAL = "mutation ExpireTrial($input:ExpireTrialInput!){expireTrial(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ExpireTrialMutation, ExpireTrialMutationVariables>
export const PREVIEW_CHANGE = "query PreviewChange($tenantId:ID$plan:String$seats:Int$at:SubscriptionChangeTime){previewSubscriptionChange(tenantId:$tenantId plan:$plan seats:$seats at:$at){takesEffectAt invoicedAt currency unchanged{total}changed{lines{description periodFrom periodTo amount}total}difference}}" as Operation<PreviewChangeQuery, PreviewChangeQueryVariables>
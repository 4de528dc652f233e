// Generated from charges.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type ServiceTier =
  | 'STANDARD'
  | 'BATCH'
  | 'FLEX'
  | 'PRIORITY';

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

export type ChargeRuleKind =
  | 'MARKUP'
  | 'DISCOUNT'
  | 'PRICE_MODEL';

export type SimulationMethod =
  | 'EVENTS'
  | 'ROLLUPS';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type PoolRatesInput = {
  readonly input?: string | null | undefined;
  readonly output?: string | null | undefined;
  readonly cacheRead?: string | null | undefined;
  readonly cacheWrite5m?: string | null | undefined;
  readonly cacheWrite1h?: string | null | undefined;
  readonly reasoning?: string | null | undefined;
  readonly audioInput?: string | null | undefined;
  readonly audioOutput?: string | null | undefined;
  readonly imageInput?: string | null | undefined;
  readonly imageOutput?: string | null | undefined;
  readonly cacheWrite30m?: string | null | undefined;
  readonly cacheWrite12h?: string | null | undefined;
  readonly cacheReadAudio?: string | null | undefined;
  readonly cacheReadImage?: string | null | undefined;
  readonly cacheReadVideo?: string | null | undefined;
  readonly videoInput?: string | null | undefined;
  readonly videoOutput?: string | null | undefined;
};

export type UnitPriceInput = {
  readonly kind: string;
  readonly variant?: string | null | undefined;
  readonly price: string;
  readonly per?: number | null | undefined;
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

export type PublishDiscountInput = {
  readonly name: string;
  readonly tenantId?: string | null | undefined;
  readonly plan?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly effect: DiscountEffectInput;
  readonly conditions?: ReadonlyArray<DiscountConditionInput> | null | undefined;
  readonly priority?: number | null | undefined;
  readonly stacking?: DiscountStackingInput | null | undefined;
  readonly maximum?: string | null | undefined;
  readonly floor?: string | null | undefined;
  readonly budget?: string | null | undefined;
};

export type PublishMarkupInput = {
  readonly name: string;
  readonly tenantId?: string | null | undefined;
  readonly plan?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly percent: string;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
};

export type PublishPriceModelInput = {
  readonly name: string;
  readonly tenantId?: string | null | undefined;
  readonly plan?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly priceModel: PriceModelInput;
  readonly counts?: CountedUsage | null | undefined;
};

export type ScenarioPriceInput = {
  readonly provider: string;
  readonly model: string;
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly serviceTier?: ServiceTier | null | undefined;
  readonly speed?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly perMillionTokens: PoolRatesInput;
  readonly perRequest?: string | null | undefined;
  readonly units?: ReadonlyArray<UnitPriceInput> | null | undefined;
};

export type ModelNameInput = {
  readonly provider: string;
  readonly model: string;
};

export type ModelMappingInput = {
  readonly from: ModelNameInput;
  readonly to: ModelNameInput;
};

export type ScenarioMarkupInput = {
  readonly percent: string;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
};

export type ScenarioDiscountInput = {
  readonly name: string;
  readonly effect: DiscountEffectInput;
  readonly conditions?: ReadonlyArray<DiscountConditionInput> | null | undefined;
  readonly priority?: number | null | undefined;
  readonly stacking?: DiscountStackingInput | null | undefined;
  readonly maximum?: string | null | undefined;
  readonly floor?: string | null | undefined;
  readonly budget?: string | null | undefined;
};

export type ChargeScenarioInput = {
  readonly prices?: ReadonlyArray<ScenarioPriceInput> | null | undefined;
  readonly models?: ReadonlyArray<ModelMappingInput> | null | undefined;
  readonly plan?: string | null | undefined;
  readonly markups?: ReadonlyArray<ScenarioMarkupInput> | null | undefined;
  readonly discounts?: ReadonlyArray<ScenarioDiscountInput> | null | undefined;
  readonly priceModel?: PriceModelInput | null | undefined;
  readonly counts?: CountedUsage | null | undefined;
};

export type WithdrawChargeRuleInput = {
  readonly id: string;
  readonly from?: string | null | undefined;
};

export type ChargeRulesQueryVariables = Exact<{
  first: number;
}>;


export type ChargeRulesQuery = { readonly chargeRules: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ChargeRuleKind, readonly name: string, readonly version: number, readonly label: string, readonly plan: string | null, readonly from: string, readonly to: string | null, readonly withdrawn: boolean, readonly tenant: { readonly id: string, readonly name: string } | null, readonly totals: { readonly discounted: string, readonly budget: string | null, readonly redemptions: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type WhatIfQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  range: TimeRangeInput;
  scenario: ChargeScenarioInput;
}>;


export type WhatIfQuery = { readonly simulateCharges: { readonly method: SimulationMethod, readonly total: { readonly costDifference: string | null, readonly chargeDifference: string | null, readonly current: { readonly calls: number, readonly unpricedCalls: number, readonly cost: string | null, readonly charge: string | null }, readonly simulated: { readonly calls: number, readonly unpricedCalls: number, readonly cost: string | null, readonly charge: string | null } }, readonly groups: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly current: { readonly calls: number, readonly unpricedCalls: number, readonly cost: string | null, readonly charge: string | null }, readonly simulated: { readonly calls: number, readonly unpricedCalls: number, readonly cost: string | null, readonly charge: string | null } }> } };

export type PublishMarkupMutationVariables = Exact<{
  input: PublishMarkupInput;
}>;


export type PublishMarkupMutation = { readonly publishMarkup:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'PublishMarkupPayload' }
   };

export type PublishDiscountMutationVariables = Exact<{
  input: PublishDiscountInput;
}>;


export type PublishDiscountMutation = { readonly publishDiscount:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'PublishDiscountPayload' }
   };

export type WithdrawRuleMutationVariables = Exact<{
  input: WithdrawChargeRuleInput;
}>;


export type WithdrawRuleMutation = { readonly withdrawChargeRule:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'WithdrawChargeRulePayload' }
   };

export type FiguresFragment = { readonly calls: number, readonly unpricedCalls: number, readonly cost: string | null, readonly charge: string | null };

export type PublishPriceModelMutationVariables = Exact<{
  input: PublishPriceModelInput;
}>;


export type PublishPriceModelMutation = { readonly publishPriceModel:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'PublishPriceModelPayload' }
   };

export const CHARGE_RULES = "query ChargeRules($first:Int!){chargeRules(first:$first){nodes{id kind name version label tenant{id name}plan from to withdrawn totals{discounted budget redemptions}}pageInfo{hasNextPage}}}" as Operation<ChargeRulesQuery, ChargeRulesQueryVariables>
export const WHAT_IF = "query WhatIf($tenantId:ID$range:TimeRangeInput!$scenario:ChargeScenarioInput!){simulateCharges(tenantId:$tenantId range:$range by:[MODEL]scenario:$scenario){method total{current{...Figures}simulated{...Figures}costDifference chargeDifference}groups{key{value}current{...Figures}simulated{...Figures}}}}fragment Figures on ChargeFigures{calls unpricedCalls cost charge}" as Operation<WhatIfQuery, WhatIfQueryVariables>
export const PUBLISH_MARKUP = "mutation PublishMarkup($input:PublishMarkupInput!){publishMarkup(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishMarkupMutation, PublishMarkupMutationVariables>
export const PUBLISH_DISCOUNT = "mutation PublishDiscount($input:PublishDiscountInput!){publishDiscount(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishDiscountMutation, PublishDiscountMutationVariables>
export const WITHDRAW_RULE = "mutation WithdrawRule($input:WithdrawChargeRuleInput!){withdrawChargeRule(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<WithdrawRuleMutation, WithdrawRuleMutationVariables>
export const PUBLISH_PRICE_MODEL = "mutation PublishPriceModel($input:PublishPriceModelInput!){publishPriceModel(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishPriceModelMutation, PublishPriceModelMutationVariables>
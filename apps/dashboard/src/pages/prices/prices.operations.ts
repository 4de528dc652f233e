// Generated from prices.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
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

export type PriceSource =
  | 'BUNDLED'
  | 'CUSTOM'
  | 'TENANT';

export type RatingRunState =
  | 'RUNNING'
  | 'COMPLETED'
  | 'INTERRUPTED'
  | 'FAILED'
  | 'CANCELLED';

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

export type ContextStepInput = {
  readonly above: number;
  readonly perMillionTokens: PoolRatesInput;
};

export type TimeOfDayInput = {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: ReadonlyArray<number> | null | undefined;
};

export type UnitPriceInput = {
  readonly kind: string;
  readonly variant?: string | null | undefined;
  readonly price: string;
  readonly per?: number | null | undefined;
};

export type RatingSelectionInput = {
  readonly range: TimeRangeInput;
  readonly tenantId?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly unpricedOnly?: boolean | null | undefined;
};

export type CacheMultipliersInput = {
  readonly cacheRead?: string | null | undefined;
  readonly cacheWrite5m?: string | null | undefined;
  readonly cacheWrite1h?: string | null | undefined;
};

export type PublishPriceInput = {
  readonly tenantId?: string | null | undefined;
  readonly provider: string;
  readonly model: string;
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly serviceTier?: ServiceTier | null | undefined;
  readonly speed?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly timeOfDay?: TimeOfDayInput | null | undefined;
  readonly perMillionTokens?: PoolRatesInput | null | undefined;
  readonly contextSteps?: ReadonlyArray<ContextStepInput> | null | undefined;
  readonly marginalSteps?: boolean | null | undefined;
  readonly cacheMultipliers?: CacheMultipliersInput | null | undefined;
  readonly perRequest?: string | null | undefined;
  readonly units?: ReadonlyArray<UnitPriceInput> | null | undefined;
};

export type StartRatingRunInput = {
  readonly selection: RatingSelectionInput;
  readonly reason: string;
};

export type CatalogStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogStatusQuery = { readonly priceCatalogStatus: { readonly bundledVersion: string, readonly bundledPrices: number, readonly publishedPrices: number, readonly listDate: string | null, readonly listAgeDays: number | null, readonly listIsOld: boolean, readonly pricesToReview: ReadonlyArray<{ readonly provider: string, readonly model: string, readonly calls: number, readonly unpricedCalls: number, readonly ageDays: number | null }> } };

export type CatalogQueryVariables = Exact<{
  provider?: string | null | undefined;
  model?: string | null | undefined;
  first: number;
}>;


export type CatalogQuery = { readonly prices: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly source: PriceSource, readonly provider: string, readonly model: string, readonly from: string | null, readonly to: string | null, readonly serviceTier: ServiceTier, readonly speed: string | null, readonly region: string | null, readonly perRequest: string | null, readonly tenant: { readonly id: string, readonly name: string } | null, readonly perMillionTokens: { readonly input: string | null, readonly output: string | null, readonly cacheRead: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type CurrentPriceQueryVariables = Exact<{
  provider: string;
  model: string;
  at: string;
}>;


export type CurrentPriceQuery = { readonly prices: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly source: PriceSource, readonly from: string | null, readonly serviceTier: ServiceTier, readonly speed: string | null, readonly region: string | null, readonly perRequest: string | null, readonly tenant: { readonly id: string } | null, readonly perMillionTokens: { readonly input: string | null, readonly output: string | null, readonly cacheRead: string | null } }> } };

export type PublishPriceMutationVariables = Exact<{
  input: PublishPriceInput;
}>;


export type PublishPriceMutation = { readonly publishPrice:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'PublishPricePayload' }
   };

export type PreviewRatingQueryVariables = Exact<{
  input: RatingSelectionInput;
}>;


export type PreviewRatingQuery = { readonly previewRatingRun: { readonly eventsTotal: number, readonly eventsRead: number, readonly complete: boolean, readonly changes: { readonly totals: { readonly events: number, readonly newlyPriced: number, readonly newlyUnpriced: number, readonly oldCost: string, readonly newCost: string, readonly difference: string } } } };

export type RatingRunsQueryVariables = Exact<{ [key: string]: never; }>;


export type RatingRunsQuery = { readonly ratingRuns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly state: RatingRunState, readonly startedAt: string, readonly updatedAt: string, readonly finishedAt: string | null, readonly failure: string | null, readonly eventsTotal: number, readonly eventsRead: number, readonly changes: { readonly totals: { readonly events: number, readonly newlyPriced: number, readonly newlyUnpriced: number, readonly oldCost: string, readonly newCost: string, readonly difference: string } } }> } };

export type StartRatingMutationVariables = Exact<{
  input: StartRatingRunInput;
}>;


export type StartRatingMutation = { readonly startRatingRun:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RatingRunInProgressError', readonly message: string }
    | { readonly __typename: 'StartRatingRunPayload' }
   };

export type TotalsFragment = { readonly events: number, readonly newlyPriced: number, readonly newlyUnpriced: number, readonly oldCost: string, readonly newCost: string, readonly difference: string };

export const CATALOG_STATUS = "query CatalogStatus{priceCatalogStatus{bundledVersion bundledPrices publishedPrices listDate listAgeDays listIsOld pricesToReview{provider model calls unpricedCalls ageDays}}}" as Operation<CatalogStatusQuery, CatalogStatusQueryVariables>
export const CATALOG = "query Catalog($provider:String$model:String$first:Int!){prices(provider:$provider model:$model first:$first){nodes{id source tenant{id name}provider model from to serviceTier speed region perRequest perMillionTokens{input output cacheRead}}pageInfo{hasNextPage}}}" as Operation<CatalogQuery, CatalogQueryVariables>
export const CURRENT_PRICE = "query CurrentPrice($provider:String!$model:String!$at:DateTime!){prices(provider:$provider model:$model at:$at first:20){nodes{id source tenant{id}from serviceTier speed region perRequest perMillionTokens{input output cacheRead}}}}" as Operation<CurrentPriceQuery, CurrentPriceQueryVariables>
export const PUBLISH_PRICE = "mutation PublishPrice($input:PublishPriceInput!){publishPrice(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<PublishPriceMutation, PublishPriceMutationVariables>
export const PREVIEW_RATING = "query PreviewRating($input:RatingSelectionInput!){previewRatingRun(input:$input){eventsTotal eventsRead complete changes{totals{...Totals}}}}fragment Totals on RatingChangeTotals{events newlyPriced newlyUnpriced oldCost newCost difference}" as Operation<PreviewRatingQuery, PreviewRatingQueryVariables>
export const RATING_RUNS = "query RatingRuns{ratingRuns(first:5){nodes{id reason state startedAt updatedAt finishedAt failure eventsTotal eventsRead changes{totals{...Totals}}}}}fragment Totals on RatingChangeTotals{events newlyPriced newlyUnpriced oldCost newCost difference}" as Operation<RatingRunsQuery, RatingRunsQueryVariables>
export const START_RATING = "mutation StartRating($input:StartRatingRunInput!){startRatingRun(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<StartRatingMutation, StartRatingMutationVariables>
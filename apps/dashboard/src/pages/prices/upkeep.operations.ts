// Generated from upkeep.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type PriceFeedState =
  | 'CURRENT'
  | 'UNREACHABLE'
  | 'UNREADABLE'
  | 'BAD_SIGNATURE'
  | 'BAD_HASH'
  | 'OLDER';

export type ModelAliasTargetInput = {
  readonly provider: string;
  readonly model: string;
};

export type SetModelAliasInput = {
  readonly tenantId?: string | null | undefined;
  readonly provider: string;
  readonly name: string;
  readonly target: ModelAliasTargetInput;
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly rateUnpriced?: boolean | null | undefined;
};

export type EndModelAliasInput = {
  readonly tenantId?: string | null | undefined;
  readonly provider: string;
  readonly name: string;
  readonly from: string;
};

export type ApprovePriceChangesInput = {
  readonly ids: ReadonlyArray<string>;
};

export type RefusePriceChangesInput = {
  readonly ids: ReadonlyArray<string>;
};

export type CancelRatingRunInput = {
  readonly id: string;
};

export type ResumeRatingRunInput = {
  readonly id: string;
};

export type PriceFeedQueryVariables = Exact<{ [key: string]: never; }>;


export type PriceFeedQuery = { readonly priceCatalogStatus: { readonly feed: { readonly configured: boolean, readonly url: string | null, readonly checkedAt: string | null, readonly state: PriceFeedState | null, readonly problem: string | null, readonly changes: ReadonlyArray<{ readonly id: string, readonly provider: string, readonly model: string, readonly names: ReadonlyArray<string>, readonly moves: ReadonlyArray<{ readonly served: string, readonly from: string | null, readonly rate: string, readonly above: number | null, readonly before: string | null, readonly after: string | null }> }> } } };

export type ModelAliasesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  first: number;
}>;


export type ModelAliasesQuery = { readonly modelAliases: { readonly nodes: ReadonlyArray<{ readonly provider: string, readonly name: string, readonly from: string | null, readonly to: string | null, readonly publishedAt: string, readonly tenant: { readonly id: string, readonly name: string } | null, readonly target: { readonly provider: string, readonly model: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type ApproveChangesMutationVariables = Exact<{
  input: ApprovePriceChangesInput;
}>;


export type ApproveChangesMutation = { readonly approvePriceChanges:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'ApprovePriceChangesPayload' }
   };

export type RefuseChangesMutationVariables = Exact<{
  input: RefusePriceChangesInput;
}>;


export type RefuseChangesMutation = { readonly refusePriceChanges:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'RefusePriceChangesPayload' }
   };

export type RefreshPricesMutationVariables = Exact<{ [key: string]: never; }>;


export type RefreshPricesMutation = { readonly refreshPrices:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'RefreshPricesPayload', readonly addedPrices: number }
   };

export type SetAliasMutationVariables = Exact<{
  input: SetModelAliasInput;
}>;


export type SetAliasMutation = { readonly setModelAlias:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RatingRunInProgressError', readonly message: string }
    | { readonly __typename: 'SetModelAliasPayload' }
   };

export type EndAliasMutationVariables = Exact<{
  input: EndModelAliasInput;
}>;


export type EndAliasMutation = { readonly endModelAlias:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'EndModelAliasPayload' }
   };

export type CancelRatingMutationVariables = Exact<{
  input: CancelRatingRunInput;
}>;


export type CancelRatingMutation = { readonly cancelRatingRun:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RatingRunEndedError', readonly message: string }
    | { readonly __typename: 'CancelRatingRunPayload' }
   };

export type ResumeRatingMutationVariables = Exact<{
  input: ResumeRatingRunInput;
}>;


export type ResumeRatingMutation = { readonly resumeRatingRun:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'RatingRunInProgressError', readonly message: string }
    | { readonly __typename: 'RatingRunEndedError', readonly message: string }
    | { readonly __typename: 'ResumeRatingRunPayload' }
   };

export const PRICE_FEED = "query PriceFeed{priceCatalogStatus{feed{configured url checkedAt state problem changes{id provider model names moves{served from rate above before after}}}}}" as Operation<PriceFeedQuery, PriceFeedQueryVariables>
export const MODEL_ALIASES = "query ModelAliases($tenantId:ID$first:Int!){modelAliases(tenantId:$tenantId first:$first){nodes{tenant{id name}provider name target{provider model}from to publishedAt}pageInfo{hasNextPage}}}" as Operation<ModelAliasesQuery, ModelAliasesQueryVariables>
export const APPROVE_CHANGES = "mutation ApproveChanges($input:ApprovePriceChangesInput!){approvePriceChanges(input:$input){__typename ...on Error{message}}}" as Operation<ApproveChangesMutation, ApproveChangesMutationVariables>
export const REFUSE_CHANGES = "mutation RefuseChanges($input:RefusePriceChangesInput!){refusePriceChanges(input:$input){__typename ...on Error{message}}}" as Operation<RefuseChangesMutation, RefuseChangesMutationVariables>
export const REFRESH_PRICES = "mutation RefreshPrices{refreshPrices{__typename ...on RefreshPricesPayload{addedPrices}...on Error{message}}}" as Operation<RefreshPricesMutation, RefreshPricesMutationVariables>
export const SET_ALIAS = "mutation SetAlias($input:SetModelAliasInput!){setModelAlias(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetAliasMutation, SetAliasMutationVariables>
export const END_ALIAS = "mutation EndAlias($input:EndModelAliasInput!){endModelAlias(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<EndAliasMutation, EndAliasMutationVariables>
export const CANCEL_RATING = "mutation CancelRating($input:CancelRatingRunInput!){cancelRatingRun(input:$input){__typename ...on Error{message}}}" as Operation<CancelRatingMutation, CancelRatingMutationVariables>
export const RESUME_RATING = "mutation ResumeRating($input:ResumeRatingRunInput!){resumeRatingRun(input:$input){__typename ...on Error{message}}}" as Operation<ResumeRatingMutation, ResumeRatingMutationVariables>
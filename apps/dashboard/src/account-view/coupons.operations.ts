// Generated from coupons.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type RedeemCouponInput = {
  readonly code: string;
  readonly tenantId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
};

export type CouponsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type CouponsQuery = { readonly couponRedemptions: { readonly nodes: ReadonlyArray<{ readonly discount: string, readonly code: string, readonly customerId: string | null, readonly redeemedAt: string, readonly tenant: { readonly id: string, readonly name: string } }> } };

export type RedeemCouponMutationVariables = Exact<{
  input: RedeemCouponInput;
}>;


export type RedeemCouponMutation = { readonly redeemCoupon:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'UnknownCouponError', readonly message: string }
    | { readonly __typename: 'CouponNotValidError', readonly message: string }
    | { readonly __typename: 'CouponUsedUpError', readonly message: string }
    | { readonly __typename: 'TooManyCouponAttemptsError', readonly message: string }
    | { readonly __typename: 'RedeemCouponPayload' }
   };

export const COUPONS = "query Coupons($tenantId:ID){couponRedemptions(tenantId:$tenantId first:20){nodes{discount code tenant{id name}customerId redeemedAt}}}" as Operation<CouponsQuery, CouponsQueryVariables>
export const REDEEM_COUPON = "mutation RedeemCoupon($input:RedeemCouponInput!){redeemCoupon(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<RedeemCouponMutation, RedeemCouponMutationVariables>
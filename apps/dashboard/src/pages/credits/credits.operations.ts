// Generated from credits.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreditSource =
  | 'PURCHASE'
  | 'PLAN_ALLOWANCE'
  | 'PROMOTION'
  | 'TRIAL'
  | 'REFUND'
  | 'ADJUSTMENT'
  | 'TRANSFER'
  | 'ROLLOVER'
  | 'CORRECTION';

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

export type CreditWhenEmpty =
  | 'BLOCK'
  | 'OVERDRAFT'
  | 'ALLOW';

export type CreditRolloverKind =
  | 'NONE'
  | 'ALL'
  | 'UP_TO_AMOUNT'
  | 'UP_TO_PERCENTAGE';

export type TimeRangeInput = {
  readonly from: string;
  readonly to: string;
};

export type GrantCreditsInput = {
  readonly tenantId: string;
  readonly customerId?: string | null | undefined;
  readonly amount: string;
  readonly idempotencyKey: string;
  readonly source?: CreditSource | null | undefined;
  readonly priority?: number | null | undefined;
  readonly effectiveAt?: string | null | undefined;
  readonly expiresAt?: string | null | undefined;
  readonly description?: string | null | undefined;
};

export type CreditTopUpInput = {
  readonly threshold: string;
  readonly amount: string;
  readonly maxPerMonth: string;
};

export type SetWalletTermsInput = {
  readonly tenantId: string;
  readonly customerId?: string | null | undefined;
  readonly whenEmpty?: CreditWhenEmpty | null | undefined;
  readonly overdraftLimit?: string | null | undefined;
  readonly alertBelow?: ReadonlyArray<string> | null | undefined;
  readonly alertDaysLeft?: number | null | undefined;
  readonly alertExpiresWithinDays?: number | null | undefined;
  readonly topUp?: CreditTopUpInput | null | undefined;
};

export type VoidCreditGrantInput = {
  readonly id: string;
  readonly amount?: string | null | undefined;
  readonly reason: string;
};

export type WalletsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  first: number;
}>;


export type WalletsQuery = { readonly wallets: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly customerId: string | null, readonly balance: string, readonly available: string, readonly reserved: string, readonly currentMonthConsumed: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type OneWalletQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
  range: TimeRangeInput;
  timeZone: string;
}>;


export type OneWalletQuery = { readonly wallet: { readonly id: string, readonly customerId: string | null, readonly balance: string, readonly available: string, readonly reserved: string, readonly consumed: string, readonly currentMonthConsumed: string, readonly whenEmpty: CreditWhenEmpty, readonly overdraftLimit: string | null, readonly alertBelow: ReadonlyArray<string>, readonly alertDaysLeft: number | null, readonly alertExpiresWithinDays: number | null, readonly topUp: { readonly threshold: string, readonly amount: string, readonly maxPerMonth: string } | null, readonly allowances: ReadonlyArray<{ readonly name: string, readonly amount: string, readonly priority: number, readonly anchorDay: number, readonly timeZone: string, readonly nextAt: string, readonly endsAt: string | null, readonly rollover: { readonly kind: CreditRolloverKind, readonly max: string | null } }>, readonly grants: ReadonlyArray<{ readonly id: string, readonly amount: string, readonly remaining: string, readonly held: string, readonly source: CreditSource, readonly priority: number, readonly effectiveAt: string, readonly expiresAt: string | null, readonly description: string | null }> } | null, readonly creditBurnDown: ReadonlyArray<{ readonly from: string, readonly consumed: string, readonly balance: string }> };

export type WalletEntriesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
  first: number;
}>;


export type WalletEntriesQuery = { readonly creditEntries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly recordedAt: string, readonly kind: CreditEntryKind, readonly amount: string, readonly balanceAfter: string, readonly operation: string | null, readonly description: string | null, readonly eventId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type GrantCreditsMutationVariables = Exact<{
  input: GrantCreditsInput;
}>;


export type GrantCreditsMutation = { readonly grantCredits:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'CreditKeyReusedError', readonly message: string }
    | { readonly __typename: 'TooManyGrantsError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'GrantCreditsPayload' }
   };

export type VoidCreditGrantMutationVariables = Exact<{
  input: VoidCreditGrantInput;
}>;


export type VoidCreditGrantMutation = { readonly voidCreditGrant:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'GrantSpentError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'VoidCreditGrantPayload' }
   };

export type SetWalletTermsMutationVariables = Exact<{
  input: SetWalletTermsInput;
}>;


export type SetWalletTermsMutation = { readonly setWalletTerms:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'TooManyGrantsError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'SetWalletTermsPayload' }
   };

export const WALLETS = "query Wallets($tenantId:ID$first:Int!){wallets(tenantId:$tenantId first:$first){nodes{id customerId balance available reserved currentMonthConsumed}pageInfo{hasNextPage}}}" as Operation<WalletsQuery, WalletsQueryVariables>
export const ONE_WALLET = "query OneWallet($tenantId:ID$customerId:ID$range:TimeRangeInput!$timeZone:String!){wallet(tenantId:$tenantId customerId:$customerId){id customerId balance available reserved consumed currentMonthConsumed whenEmpty overdraftLimit alertBelow alertDaysLeft alertExpiresWithinDays topUp{threshold amount maxPerMonth}allowances{name amount priority rollover{kind max}anchorDay timeZone nextAt endsAt}grants{id amount remaining held source priority effectiveAt expiresAt description}}creditBurnDown(tenantId:$tenantId customerId:$customerId range:$range timeZone:$timeZone){from consumed balance}}" as Operation<OneWalletQuery, OneWalletQueryVariables>
export const WALLET_ENTRIES = "query WalletEntries($tenantId:ID$customerId:ID$first:Int!){creditEntries(tenantId:$tenantId customerId:$customerId first:$first){nodes{id recordedAt kind amount balanceAfter operation description eventId}pageInfo{hasNextPage}}}" as Operation<WalletEntriesQuery, WalletEntriesQueryVariables>
export const GRANT_CREDITS = "mutation GrantCredits($input:GrantCreditsInput!){grantCredits(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<GrantCreditsMutation, GrantCreditsMutationVariables>
export const VOID_CREDIT_GRANT = "mutation VoidCreditGrant($input:VoidCreditGrantInput!){voidCreditGrant(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<VoidCreditGrantMutation, VoidCreditGrantMutationVariables>
export const SET_WALLET_TERMS = "mutation SetWalletTerms($input:SetWalletTermsInput!){setWalletTerms(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetWalletTermsMutation, SetWalletTermsMutationVariables>
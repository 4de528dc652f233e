// Generated from credit-rules.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreditDebitRule =
  | 'CUSTOMER_OR_TENANT'
  | 'TENANT'
  | 'CUSTOMER';

export type CreditRolloverKind =
  | 'NONE'
  | 'ALL'
  | 'UP_TO_AMOUNT'
  | 'UP_TO_PERCENTAGE';

export type PoolCreditRateInput = {
  readonly pool: string;
  readonly rate: string;
};

export type SetCreditCostInput = {
  readonly operation: string;
  readonly provider?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly perCall?: string | null | undefined;
  readonly perThousandTokens?: string | null | undefined;
  readonly perThousandTokensByPool?: ReadonlyArray<PoolCreditRateInput> | null | undefined;
  readonly perUsdOfCost?: string | null | undefined;
  readonly perUnit?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
};

export type SetCreditDebitRuleInput = {
  readonly tenantId: string;
  readonly rule: CreditDebitRule;
};

export type CreditRolloverInput = {
  readonly kind: CreditRolloverKind;
  readonly max?: string | null | undefined;
};

export type SetCreditAllowanceInput = {
  readonly tenantId: string;
  readonly customerId?: string | null | undefined;
  readonly name: string;
  readonly amount: string;
  readonly anchorDay?: number | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly rollover?: CreditRolloverInput | null | undefined;
  readonly priority?: number | null | undefined;
  readonly startsAt?: string | null | undefined;
  readonly endsAt?: string | null | undefined;
};

export type TransferCreditsInput = {
  readonly tenantId: string;
  readonly fromCustomerId?: string | null | undefined;
  readonly toCustomerId?: string | null | undefined;
  readonly amount: string;
  readonly idempotencyKey: string;
  readonly description?: string | null | undefined;
};

export type CreditCostsQueryVariables = Exact<{
  at?: string | null | undefined;
}>;


export type CreditCostsQuery = { readonly creditCosts: ReadonlyArray<{ readonly id: string, readonly operation: string, readonly provider: string | null, readonly model: string | null, readonly perCall: string | null, readonly perUsdOfCost: string | null, readonly perUnit: string | null, readonly from: string, readonly to: string | null, readonly perThousandTokens: ReadonlyArray<{ readonly pool: string | null, readonly rate: string }> }> };

export type DebitRuleQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type DebitRuleQuery = { readonly creditDebitRule: CreditDebitRule };

export type WalletBalanceQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  customerId?: string | null | undefined;
}>;


export type WalletBalanceQuery = { readonly wallet: { readonly id: string, readonly available: string } | null };

export type SetCreditCostMutationVariables = Exact<{
  input: SetCreditCostInput;
}>;


export type SetCreditCostMutation = { readonly setCreditCost:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'SetCreditCostPayload' }
   };

export type SetDebitRuleMutationVariables = Exact<{
  input: SetCreditDebitRuleInput;
}>;


export type SetDebitRuleMutation = { readonly setCreditDebitRule:
    | { readonly __typename: 'InvalidInputError', readonly message: string }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'SetCreditDebitRulePayload' }
   };

export type SetAllowanceMutationVariables = Exact<{
  input: SetCreditAllowanceInput;
}>;


export type SetAllowanceMutation = { readonly setCreditAllowance:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'TooManyGrantsError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'SetCreditAllowancePayload' }
   };

export type TransferCreditsMutationVariables = Exact<{
  input: TransferCreditsInput;
}>;


export type TransferCreditsMutation = { readonly transferCredits:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'TooManyGrantsError', readonly message: string }
    | { readonly __typename: 'CreditsOverloadedError', readonly message: string }
    | { readonly __typename: 'CreditsUnavailableError', readonly message: string }
    | { readonly __typename: 'CreditKeyReusedError', readonly message: string }
    | { readonly __typename: 'CreditsExceededError', readonly message: string }
    | { readonly __typename: 'TransferCreditsPayload' }
   };

export const CREDIT_COSTS = "query CreditCosts($at:DateTime){creditCosts(at:$at){id operation provider model perCall perThousandTokens{pool rate}perUsdOfCost perUnit from to}}" as Operation<CreditCostsQuery, CreditCostsQueryVariables>
export const DEBIT_RULE = "query DebitRule($tenantId:ID){creditDebitRule(tenantId:$tenantId)}" as Operation<DebitRuleQuery, DebitRuleQueryVariables>
export const WALLET_BALANCE = "query WalletBalance($tenantId:ID$customerId:ID){wallet(tenantId:$tenantId customerId:$customerId){id available}}" as Operation<WalletBalanceQuery, WalletBalanceQueryVariables>
export const SET_CREDIT_COST = "mutation SetCreditCost($input:SetCreditCostInput!){setCreditCost(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetCreditCostMutation, SetCreditCostMutationVariables>
export const SET_DEBIT_RULE = "mutation SetDebitRule($input:SetCreditDebitRuleInput!){setCreditDebitRule(input:$input){__typename ...on Error{message}}}" as Operation<SetDebitRuleMutation, SetDebitRuleMutationVariables>
export const SET_ALLOWANCE = "mutation SetAllowance($input:SetCreditAllowanceInput!){setCreditAllowance(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetAllowanceMutation, SetAllowanceMutationVariables>
export const TRANSFER_CREDITS = "mutation TransferCredits($input:TransferCreditsInput!){transferCredits(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<TransferCreditsMutation, TransferCreditsMutationVariables>
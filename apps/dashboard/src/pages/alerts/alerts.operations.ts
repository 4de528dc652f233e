// Generated from alerts.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AlertKind =
  | 'QUOTA_EXCEEDED'
  | 'LATENCY_P99'
  | 'ERROR_RATE'
  | 'COST_ANOMALY'
  | 'VERIFICATION_FAILED';

export type AlertScope =
  | 'TENANT'
  | 'INSTALLATION';

export type AlertState =
  | 'RAISED'
  | 'RECOVERED';

export type SetAlertRuleInput = {
  readonly kind: AlertKind;
  readonly scope: AlertScope;
  readonly enabled?: boolean | null | undefined;
  readonly threshold?: string | null | undefined;
  readonly recoverRatio?: string | null | undefined;
  readonly windowMinutes?: number | null | undefined;
  readonly minimumCalls?: number | null | undefined;
  readonly raiseAfter?: number | null | undefined;
  readonly recoverAfter?: number | null | undefined;
};

export type SetAlertThresholdInput = {
  readonly kind: AlertKind;
  readonly tenantId: string;
  readonly threshold?: string | null | undefined;
};

export type AlertsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  state?: AlertState | null | undefined;
  first: number;
}>;


export type AlertsQuery = { readonly alerts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: AlertKind, readonly state: AlertState, readonly message: string, readonly raisedAt: string, readonly recoveredAt: string | null, readonly value: string, readonly threshold: string, readonly tenant: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type RulesQueryVariables = Exact<{ [key: string]: never; }>;


export type RulesQuery = { readonly alertRules: ReadonlyArray<{ readonly kind: AlertKind, readonly scope: AlertScope, readonly enabled: boolean, readonly threshold: string, readonly windowMinutes: number, readonly minimumCalls: number | null, readonly recoverRatio: string, readonly raiseAfter: number, readonly recoverAfter: number, readonly evaluatedAt: string | null, readonly tenantThresholds: ReadonlyArray<{ readonly threshold: string, readonly tenant: { readonly id: string, readonly name: string } }> }> };

export type SetRuleMutationVariables = Exact<{
  input: SetAlertRuleInput;
}>;


export type SetRuleMutation = { readonly setAlertRule:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'SetAlertRulePayload' }
   };

export type SetThresholdMutationVariables = Exact<{
  input: SetAlertThresholdInput;
}>;


export type SetThresholdMutation = { readonly setAlertThreshold:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'SetAlertThresholdPayload' }
   };

export const ALERTS = "query Alerts($tenantId:ID$state:AlertState$first:Int!){alerts(tenantId:$tenantId state:$state first:$first){nodes{id kind state message raisedAt recoveredAt value threshold tenant{id name}}pageInfo{hasNextPage}}}" as Operation<AlertsQuery, AlertsQueryVariables>
export const RULES = "query Rules{alertRules{kind scope enabled threshold windowMinutes minimumCalls recoverRatio raiseAfter recoverAfter evaluatedAt tenantThresholds{tenant{id name}threshold}}}" as Operation<RulesQuery, RulesQueryVariables>
export const SET_RULE = "mutation SetRule($input:SetAlertRuleInput!){setAlertRule(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetRuleMutation, SetRuleMutationVariables>
export const SET_THRESHOLD = "mutation SetThreshold($input:SetAlertThresholdInput!){setAlertThreshold(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetThresholdMutation, SetThresholdMutationVariables>
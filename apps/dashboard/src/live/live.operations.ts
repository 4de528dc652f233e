// Generated from live.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AlertState =
  | 'RAISED'
  | 'RECOVERED';

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

export type CreditAlertKind =
  | 'LOW_BALANCE'
  | 'EXHAUSTED'
  | 'EXPIRING_SOON'
  | 'TOP_UP_REQUESTED'
  | 'TOP_UP_FAILED';

export type LiveSubscriptionVariables = Exact<{
  tenantId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type LiveSubscription = { readonly live: { readonly cursor: string, readonly usage: { readonly at: string, readonly today: { readonly calls: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string } } | null, readonly quotaAlert: { readonly cursor: string, readonly metric: QuotaMetric, readonly window: QuotaWindow, readonly threshold: string, readonly used: string, readonly limit: string, readonly occurredAt: string, readonly tenant: { readonly name: string } } | null, readonly alert: { readonly cursor: string, readonly type: AlertState, readonly message: string, readonly occurredAt: string } | null, readonly creditAlert: { readonly cursor: string, readonly tenantId: string, readonly customerId: string | null, readonly kind: CreditAlertKind, readonly balance: string, readonly occurredAt: string } | null } };

export type LiveOfCustomerSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type LiveOfCustomerSubscription = { readonly live: { readonly cursor: string, readonly usage: { readonly at: string, readonly today: { readonly calls: number, readonly cost: string | null, readonly charge: string | null, readonly currency: string } } | null, readonly quotaAlert: { readonly cursor: string, readonly metric: QuotaMetric, readonly window: QuotaWindow, readonly threshold: string, readonly used: string, readonly limit: string, readonly occurredAt: string } | null, readonly creditAlert: { readonly cursor: string, readonly tenantId: string, readonly customerId: string | null, readonly kind: CreditAlertKind, readonly balance: string, readonly occurredAt: string } | null } };

export const LIVE = "subscription Live($tenantId:ID$after:String){live(tenantId:$tenantId after:$after){cursor usage{at today{calls cost charge currency}}quotaAlert{cursor tenant{name}metric window threshold used limit occurredAt}alert{cursor type message occurredAt}creditAlert{cursor tenantId customerId kind balance occurredAt}}}" as Operation<LiveSubscription, LiveSubscriptionVariables>
export const LIVE_OF_CUSTOMER = "subscription LiveOfCustomer($after:String){live(after:$after){cursor usage{at today{calls cost charge currency}}quotaAlert{cursor metric window threshold used limit occurredAt}creditAlert{cursor tenantId customerId kind balance occurredAt}}}" as Operation<LiveOfCustomerSubscription, LiveOfCustomerSubscriptionVariables>
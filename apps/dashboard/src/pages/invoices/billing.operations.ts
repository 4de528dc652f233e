// Generated from billing.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type EmailKind =
  | 'INVOICE'
  | 'CREDIT_NOTE'
  | 'REMINDER'
  | 'QUOTA_ALERT'
  | 'OPERATIONAL_ALERT';

export type EmailState =
  | 'PENDING'
  | 'SENT'
  | 'FAILED'
  | 'UNSUBSCRIBED';

export type BillingRunState =
  | 'QUEUED'
  | 'RUNNING'
  | 'INTERRUPTED'
  | 'COMPLETED';

export type TaxBehavior =
  | 'EXCLUSIVE'
  | 'INCLUSIVE';

export type ResendEmailInput = {
  readonly id: string;
  readonly to?: string | null | undefined;
};

export type RunBillingInput = {
  readonly through: string;
  readonly tenantIds?: ReadonlyArray<string> | null | undefined;
  readonly finalize?: boolean | null | undefined;
};

export type AddressInput = {
  readonly line1: string;
  readonly line2?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  readonly city: string;
  readonly region?: string | null | undefined;
  readonly country: string;
};

export type TaxIdInput = {
  readonly kind: string;
  readonly value: string;
};

export type BankAccountInput = {
  readonly holder: string;
  readonly iban: string;
  readonly bic?: string | null | undefined;
  readonly bank?: string | null | undefined;
};

export type SellerInput = {
  readonly name: string;
  readonly address: AddressInput;
  readonly taxId?: TaxIdInput | null | undefined;
  readonly registration?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly bankAccount?: BankAccountInput | null | undefined;
};

export type SetBillingProfileInput = {
  readonly tenantId?: string | null | undefined;
  readonly name: string;
  readonly address: AddressInput;
  readonly taxId?: TaxIdInput | null | undefined;
  readonly taxExemption?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly paymentTermDays?: number | null | undefined;
  readonly lineDimensions?: ReadonlyArray<string> | null | undefined;
};

export type SetBillingSettingsInput = {
  readonly seller?: SellerInput | null | undefined;
  readonly taxRegistrations?: ReadonlyArray<string> | null | undefined;
  readonly taxBehavior?: TaxBehavior | null | undefined;
  readonly invoiceSeries?: string | null | undefined;
  readonly creditNoteSeries?: string | null | undefined;
  readonly lineDimensions?: ReadonlyArray<string> | null | undefined;
  readonly lookBackPeriods?: number | null | undefined;
  readonly notes?: string | null | undefined;
};

export type BillingProfileQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type BillingProfileQuery = { readonly billingProfile: { readonly name: string, readonly taxExemption: string | null, readonly email: string | null, readonly locale: string, readonly reference: string | null, readonly paymentTermDays: number, readonly lineDimensions: ReadonlyArray<string> | null, readonly address: { readonly line1: string, readonly line2: string | null, readonly postalCode: string | null, readonly city: string, readonly region: string | null, readonly country: string }, readonly taxId: { readonly kind: string, readonly value: string } | null } | null };

export type BillingSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type BillingSettingsQuery = { readonly billingSettings: { readonly taxRegistrations: ReadonlyArray<string>, readonly taxBehavior: TaxBehavior, readonly invoiceSeries: string, readonly creditNoteSeries: string, readonly lineDimensions: ReadonlyArray<string>, readonly lookBackPeriods: number, readonly notes: string | null, readonly seller: { readonly name: string, readonly registration: string | null, readonly email: string | null, readonly phone: string | null, readonly address: { readonly line1: string, readonly line2: string | null, readonly postalCode: string | null, readonly city: string, readonly region: string | null, readonly country: string }, readonly taxId: { readonly kind: string, readonly value: string } | null, readonly bankAccount: { readonly holder: string, readonly iban: string, readonly bic: string | null, readonly bank: string | null } | null } | null } };

export type BillingRunsQueryVariables = Exact<{ [key: string]: never; }>;


export type BillingRunsQuery = { readonly billingRuns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: BillingRunState, readonly through: string, readonly finalize: boolean, readonly tenantTotal: number | null, readonly tenantCount: number, readonly invoiceCount: number, readonly draftCount: number, readonly failureCount: number, readonly createdAt: string, readonly finishedAt: string | null, readonly failures: { readonly nodes: ReadonlyArray<{ readonly tenantId: string, readonly code: string, readonly message: string }> } }> } };

export type BalancesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type BalancesQuery = { readonly paymentBalances: ReadonlyArray<{ readonly amount: string, readonly currency: string }> };

export type EmailsQueryVariables = Exact<{
  tenantId?: string | null | undefined;
  state?: EmailState | null | undefined;
  first: number;
}>;


export type EmailsQuery = { readonly emails: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: EmailKind, readonly to: string, readonly invoiceId: string | null, readonly state: EmailState, readonly attempts: number, readonly error: string | null, readonly createdAt: string, readonly sentAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type SetBillingProfileMutationVariables = Exact<{
  input: SetBillingProfileInput;
}>;


export type SetBillingProfileMutation = { readonly setBillingProfile:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'SetBillingProfilePayload' }
   };

export type SetBillingSettingsMutationVariables = Exact<{
  input: SetBillingSettingsInput;
}>;


export type SetBillingSettingsMutation = { readonly setBillingSettings:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'SetBillingSettingsPayload' }
   };

export type StartBillingRunMutationVariables = Exact<{
  input: RunBillingInput;
}>;


export type StartBillingRunMutation = { readonly startBillingRun:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'StartBillingRunPayload' }
   };

export type ResendEmailMutationVariables = Exact<{
  input: ResendEmailInput;
}>;


export type ResendEmailMutation = { readonly resendEmail:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'ResendEmailPayload' }
   };

export type AddressPartsFragment = { readonly line1: string, readonly line2: string | null, readonly postalCode: string | null, readonly city: string, readonly region: string | null, readonly country: string };

export const BILLING_PROFILE = "query BillingProfile($tenantId:ID){billingProfile(tenantId:$tenantId){name address{...AddressParts}taxId{kind value}taxExemption email locale reference paymentTermDays lineDimensions}}fragment AddressParts on Address{line1 line2 postalCode city region country}" as Operation<BillingProfileQuery, BillingProfileQueryVariables>
export const BILLING_SETTINGS = "query BillingSettings{billingSettings{seller{name address{...AddressParts}taxId{kind value}registration email phone bankAccount{holder iban bic bank}}taxRegistrations taxBehavior invoiceSeries creditNoteSeries lineDimensions lookBackPeriods notes}}fragment AddressParts on Address{line1 line2 postalCode city region country}" as Operation<BillingSettingsQuery, BillingSettingsQueryVariables>
export const BILLING_RUNS = "query BillingRuns{billingRuns(first:5){nodes{id state through finalize tenantTotal tenantCount invoiceCount draftCount failureCount createdAt finishedAt failures(first:20){nodes{tenantId code message}}}}}" as Operation<BillingRunsQuery, BillingRunsQueryVariables>
export const BALANCES = "query Balances($tenantId:ID){paymentBalances(tenantId:$tenantId){amount currency}}" as Operation<BalancesQuery, BalancesQueryVariables>
export const EMAILS = "query Emails($tenantId:ID$state:EmailState$first:Int!){emails(tenantId:$tenantId state:$state first:$first){nodes{id kind to invoiceId state attempts error createdAt sentAt}pageInfo{hasNextPage}}}" as Operation<EmailsQuery, EmailsQueryVariables>
export const SET_BILLING_PROFILE = "mutation SetBillingProfile($input:SetBillingProfileInput!){setBillingProfile(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetBillingProfileMutation, SetBillingProfileMutationVariables>
export const SET_BILLING_SETTINGS = "mutation SetBillingSettings($input:SetBillingSettingsInput!){setBillingSettings(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<SetBillingSettingsMutation, SetBillingSettingsMutationVariables>
export const START_BILLING_RUN = "mutation StartBillingRun($input:RunBillingInput!){startBillingRun(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<StartBillingRunMutation, StartBillingRunMutationVariables>
export const RESEND_EMAIL = "mutation ResendEmail($input:ResendEmailInput!){resendEmail(input:$input){__typename ...Refusal}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<ResendEmailMutation, ResendEmailMutationVariables>
// Generated from tenants.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.
import type { Operation } from '../../graphql/operation.ts'
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type MetadataAction =
  | 'HASH'
  | 'DROP'
  | 'TRUNCATE';

export type InvoiceStatus =
  | 'DRAFT'
  | 'FINALIZED'
  | 'SENT'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'OVERDUE'
  | 'VOID'
  | 'UNCOLLECTIBLE';

export type InvoiceKind =
  | 'INVOICE'
  | 'CREDIT_NOTE';

export type MetadataRuleInput = {
  readonly field: string;
  readonly action: MetadataAction;
  readonly length?: number | null | undefined;
};

export type CreateTenantInput = {
  readonly id: string;
  readonly name: string;
  readonly tier?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly billingAnchorDay?: number | null | undefined;
  readonly metadataRules?: ReadonlyArray<MetadataRuleInput> | null | undefined;
};

export type UpdateTenantInput = {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly tier?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly billingAnchorDay?: number | null | undefined;
  readonly metadataRules?: ReadonlyArray<MetadataRuleInput> | null | undefined;
};

export type TenantsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type TenantsQuery = { readonly tenants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string, readonly createdAt: string, readonly testClock: { readonly now: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OneTenantQueryVariables = Exact<{
  id?: string | null | undefined;
}>;


export type OneTenantQuery = { readonly tenant: { readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string, readonly createdAt: string, readonly testClock: { readonly now: string } | null } | null };

export type TenantsUsageQueryVariables = Exact<{ [key: string]: never; }>;


export type TenantsUsageQuery = { readonly usage: { readonly breakdown: ReadonlyArray<{ readonly key: ReadonlyArray<{ readonly value: string | null }>, readonly measures: { readonly calls: number, readonly cost: string | null, readonly currency: string, readonly errorRate: number, readonly tokens: { readonly total: string | number } } }> } };

export type TenantInvoicesQueryVariables = Exact<{
  tenantId?: string | null | undefined;
}>;


export type TenantInvoicesQuery = { readonly invoices: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: InvoiceKind, readonly number: string | null, readonly status: InvoiceStatus, readonly currency: string, readonly periodFrom: string, readonly periodTo: string, readonly total: string, readonly amountDue: string, readonly dueAt: string | null }> } };

export type CreateTenantMutationVariables = Exact<{
  input: CreateTenantInput;
}>;


export type CreateTenantMutation = { readonly createTenant:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'AlreadyExistsError', readonly message: string }
    | { readonly __typename: 'CreateTenantPayload', readonly tenant: { readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string, readonly createdAt: string, readonly testClock: { readonly now: string } | null } }
   };

export type UpdateTenantMutationVariables = Exact<{
  input: UpdateTenantInput;
}>;


export type UpdateTenantMutation = { readonly updateTenant:
    | { readonly __typename: 'InvalidInputError', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'ForbiddenError', readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly message: string }
    | { readonly __typename: 'UpdateTenantPayload', readonly tenant: { readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string, readonly createdAt: string, readonly testClock: { readonly now: string } | null } }
   };

export type TenantRowFragment = { readonly id: string, readonly name: string, readonly tier: string | null, readonly timeZone: string, readonly currency: string, readonly createdAt: string, readonly testClock: { readonly now: string } | null };

export const TENANTS = "query Tenants($first:Int!$after:String){tenants(first:$first after:$after){nodes{...TenantRow}pageInfo{hasNextPage endCursor}}}fragment TenantRow on Tenant{id name tier timeZone currency createdAt testClock{now}}" as Operation<TenantsQuery, TenantsQueryVariables>
export const ONE_TENANT = "query OneTenant($id:ID){tenant(id:$id){...TenantRow}}fragment TenantRow on Tenant{id name tier timeZone currency createdAt testClock{now}}" as Operation<OneTenantQuery, OneTenantQueryVariables>
export const TENANTS_USAGE = "query TenantsUsage{usage(period:THIS_MONTH){breakdown(by:[TENANT]first:1000){key{value}measures{calls cost currency errorRate tokens{total}}}}}" as Operation<TenantsUsageQuery, TenantsUsageQueryVariables>
export const TENANT_INVOICES = "query TenantInvoices($tenantId:ID){invoices(tenantId:$tenantId first:5){nodes{id kind number status currency periodFrom periodTo total amountDue dueAt}}}" as Operation<TenantInvoicesQuery, TenantInvoicesQueryVariables>
export const CREATE_TENANT = "mutation CreateTenant($input:CreateTenantInput!){createTenant(input:$input){__typename ...on CreateTenantPayload{tenant{...TenantRow}}...Refusal}}fragment TenantRow on Tenant{id name tier timeZone currency createdAt testClock{now}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<CreateTenantMutation, CreateTenantMutationVariables>
export const UPDATE_TENANT = "mutation UpdateTenant($input:UpdateTenantInput!){updateTenant(input:$input){__typename ...on UpdateTenantPayload{tenant{...TenantRow}}...Refusal}}fragment TenantRow on Tenant{id name tier timeZone currency createdAt testClock{now}}fragment Refusal on Error{message ...on InvalidInputError{issues{path message}}}" as Operation<UpdateTenantMutation, UpdateTenantMutationVariables>
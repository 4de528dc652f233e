import type { AccessTokenUse, TenantViewer, Viewer } from '@tollgate/accounts'
import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import { Forbidden } from '@tollgate/kernel'
import type { GraphQLFieldResolver } from 'graphql'
import type { GraphQLContext } from '../context.ts'

/** Returns whether the request has an access token and no key. */
export function isAccessToken(viewer: Viewer): viewer is TenantViewer & { readonly accessToken: AccessTokenUse } {
  return viewer.kind === 'tenant' && viewer.accessToken !== undefined
}

/** Restricts the arguments of a query or subscription to one customer. Throws `Forbidden` if they name another one. */
export type RestrictToCustomer<Args> = (args: Args, customerId: string) => Args

/** Returns the `extensions` of a query or subscription that access tokens of customers may use. Others are forbidden to customers. */
export function forCustomers<Args>(restrict: RestrictToCustomer<Args>): { readonly forCustomer: RestrictToCustomer<Args> } {
  return { forCustomer: restrict }
}

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

/**
 * Applies the limits of access tokens to every root field, in this one place: tokens make no changes, and a customer's token
 * uses only queries and subscriptions that say how they are restricted to it.
 */
export class AccessTokensPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: AnyResolver, field: PothosOutputFieldConfig<Types>): AnyResolver {
    return isRoot(field) ? restricted(resolve, field) : resolve
  }

  override wrapSubscribe(subscribe: AnyResolver | undefined, field: PothosOutputFieldConfig<Types>): AnyResolver | undefined {
    return subscribe && isRoot(field) ? restricted(subscribe, field) : subscribe
  }
}

function isRoot({ kind }: { readonly kind: string }): boolean {
  return kind === 'Query' || kind === 'Mutation' || kind === 'Subscription'
}

function restricted(resolve: AnyResolver, { name, kind, extensions }: { name: string; kind: string; extensions?: object | null | undefined }): AnyResolver {
  const { forCustomer } = (extensions ?? {}) as { forCustomer?: RestrictToCustomer<object> }
  return (root, args, context, info) => {
    const { viewer } = context as GraphQLContext
    if (!isAccessToken(viewer)) return resolve(root, args, context, info)
    if (kind === 'Mutation') throw new Forbidden(`An access token only reads; "${name}" requires an API key.`)
    const { customerId } = viewer.accessToken
    if (customerId === null) return resolve(root, args, context, info)
    if (forCustomer === undefined) throw new Forbidden(`An access token of a customer cannot read "${name}".`)
    return resolve(root, forCustomer(args, customerId), context, info)
  }
}

/** Adds the plugin to schema builders. */
export function registerAccessTokensPlugin(): 'accessTokens' {
  SchemaBuilder.registerPlugin('accessTokens', AccessTokensPlugin)
  return 'accessTokens'
}

declare global {
  // Pothos's way to declare plugins.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      accessTokens: AccessTokensPlugin<Types>
    }
  }
}

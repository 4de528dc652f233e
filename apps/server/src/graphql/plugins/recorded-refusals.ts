import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { type MutationAudit, actionsOf } from '../../audited-changes/audited-actions.ts'
import type { GraphQLContext } from '../context.ts'
import { recordRefusal } from '../record-refusal.ts'

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

/**
 * Records in audit logs that an operation was refused: for lack of a scope, because it names another tenant, or because of a
 * limit. In this one place, for every field of a root type, before errors become members of a union. Audited mutations record
 * all their failures themselves.
 */
export class RecordedRefusalsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolve: AnyResolver, { kind, name, pothosOptions }: PothosOutputFieldConfig<Types>): AnyResolver {
    const { audit } = pothosOptions as { readonly audit?: MutationAudit }
    const isRecorded = kind === 'Query' || (kind === 'Mutation' && actionsOf(audit ?? 'counted').length === 0)
    return isRecorded ? recorded(resolve, name) : resolve
  }

  override wrapSubscribe(subscribe: AnyResolver | undefined, { kind, name }: PothosOutputFieldConfig<Types>): AnyResolver | undefined {
    return subscribe !== undefined && kind === 'Subscription' ? recorded(subscribe, name) : subscribe
  }
}

/** Not async: hot mutations pay for one promise only. */
function recorded(resolve: AnyResolver, name: string): AnyResolver {
  return (root, args, context, info) => {
    const refused = (error: unknown): never => {
      recordRefusal(error, name, context as GraphQLContext)
      throw error
    }
    let result: unknown
    try {
      result = resolve(root, args, context, info)
    } catch (error) {
      return refused(error)
    }
    return result instanceof Promise ? result.catch(refused) : result
  }
}

/** Adds the plugin to schema builders. */
export function registerRecordedRefusalsPlugin(): 'recordedRefusals' {
  SchemaBuilder.registerPlugin('recordedRefusals', RecordedRefusalsPlugin)
  return 'recordedRefusals'
}

declare global {
  // Pothos's way to declare plugins.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      recordedRefusals: RecordedRefusalsPlugin<Types>
    }
  }
}

import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { type MutationAudit, actionsOf } from '../audited-changes/audited-actions.ts'
import { runAs } from '../audited-changes/audit-origin.ts'
import type { GraphQLContext } from './context.ts'
import { viewerName } from './viewer-name.ts'

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

/** How to declare a mutation. */
const HOW_TO =
  'Say how it is audited: `audit: "key.created"`, an action of a family in audited-changes/audited-actions.ts, which the store records in the same transaction (see audited-….ts of a feature); `audit: "counted"` for calls that are too many for an event each.'

/**
 * Audits every mutation, in this one place: all changes that it makes are recorded with its key, request and address. The
 * stores record them in the transaction of the change. A mutation that does not say how it is audited cannot be built.
 */
export class AuditedMutationsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== 'Mutation') return field
    return { ...field, extensions: { ...field.extensions, audit: auditOf(field) } }
  }

  override wrapResolve(resolve: AnyResolver, field: PothosOutputFieldConfig<Types>): AnyResolver {
    // Counted mutations are hot: nothing is added to them.
    return field.kind === 'Mutation' && actionsOf(auditOf(field)).length > 0 ? audited(resolve) : resolve
  }
}

function auditOf<Types extends SchemaTypes>({ name, pothosOptions }: PothosOutputFieldConfig<Types>): MutationAudit {
  const { audit } = pothosOptions as { readonly audit?: MutationAudit }
  if (audit === undefined) throw new Error(`The mutation "${name}" has no option "audit". ${HOW_TO}`)
  return audit
}

function audited(resolve: AnyResolver): AnyResolver {
  return (root, args, context, info) => {
    const { viewer, requestId = null, address = null, userAgent, request } = context as GraphQLContext
    const origin = {
      actor: { kind: 'key', id: viewerName(viewer) },
      requestId,
      ipAddress: address,
      userAgent: userAgent ?? request?.headers.get('user-agent') ?? null,
    } as const
    return runAs(origin, () => resolve(root, args, context, info))
  }
}

/** Adds the plugin to schema builders. */
export function registerAuditedMutationsPlugin(): 'auditedMutations' {
  SchemaBuilder.registerPlugin('auditedMutations', AuditedMutationsPlugin)
  return 'auditedMutations'
}

declare global {
  // Pothos's way to declare plugins and options.
  // oxlint-disable-next-line typescript/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      auditedMutations: AuditedMutationsPlugin<Types>
    }
    export interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** How the mutation is audited. */
      audit: MutationAudit
    }
  }
}

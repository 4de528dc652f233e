import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { type AuditOrigin, runAs } from '../../audited-changes/audit-origin.ts'
import { actionsOf, type AuditedAction, type MutationAudit } from '../../audited-changes/audited-actions.ts'
import { failedAttempt } from '../../audited-changes/failed-attempt.ts'
import { clientAddress } from '../../http/client-address.ts'
import type { GraphQLContext } from '../context.ts'
import { viewerName } from '../viewer-name.ts'

type AnyResolver = GraphQLFieldResolver<unknown, object, object>

const MAX_USER_AGENT_LENGTH = 256

/** How to declare a mutation. */
const HOW_TO =
  'Say how it is audited: `audit: "key.created"`, an action of a family in audited-changes/audited-actions.ts, which the store records in the same transaction (see audited-….ts of a feature); `audit: "counted"` for calls that are too many for an event each.'

/**
 * Audits every mutation, in this one place: all changes that it makes are recorded with its key, request and address. The
 * stores record them in the transaction of the change. Attempts that fail or are denied are recorded too. A mutation that does not say how it is audited cannot be built.
 */
export class AuditedMutationsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== 'Mutation') return field
    return { ...field, extensions: { ...field.extensions, audit: auditOf(field) } }
  }

  override wrapResolve(resolve: AnyResolver, field: PothosOutputFieldConfig<Types>): AnyResolver {
    // Counted mutations are hot: nothing is added to them.
    const [action] = field.kind === 'Mutation' ? actionsOf(auditOf(field)) : []
    return action === undefined ? resolve : audited(resolve, action)
  }
}

function auditOf<Types extends SchemaTypes>({ name, pothosOptions }: PothosOutputFieldConfig<Types>): MutationAudit {
  const { audit } = pothosOptions as { readonly audit?: MutationAudit }
  if (audit === undefined) throw new Error(`The mutation "${name}" has no option "audit". ${HOW_TO}`)
  return audit
}

function audited(resolve: AnyResolver, eventType: AuditedAction): AnyResolver {
  const [family = '', action = ''] = eventType.split('.')
  return async (root, args, context, info) => {
    const { tollgate, viewer, requestId = null, req } = context as GraphQLContext
    const origin: AuditOrigin = {
      actor: { kind: 'key', id: viewerName(viewer) },
      requestId,
      ipAddress: req === undefined ? null : clientAddress(req),
      userAgent: userAgentOf(req),
    }
    try {
      return await runAs(origin, () => resolve(root, args, context, info))
    } catch (error) {
      const tenantId = viewer.kind === 'tenant' ? viewer.tenantId : null
      tollgate.attempts.record({ ...origin, tenantId, family, action, ...failedAttempt(error, args) })
      throw error
    }
  }
}

function userAgentOf(req: GraphQLContext['req']): string | null {
  const { 'user-agent': userAgent = '' } = req?.headers ?? {}
  return userAgent === '' ? null : userAgent.slice(0, MAX_USER_AGENT_LENGTH)
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

import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { ModelAlias } from '@tollgate/pricing'
import { RatingRunInProgress } from '@tollgate/usage'
import { requireScope, tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { RatingRunRef } from '../../../rerating/graphql/rating-run.ts'
import type { AliasRating } from '../../aliases/rate-alias.ts'
import { ModelAliasRef } from './model-alias.ts'

const AliasTargetInputRef = builder.inputType('ModelAliasTargetInput', {
  description: 'The model behind an alias.',
  fields: t => ({
    provider: t.string({ required: true, description: 'Provider that charges for the model, such as "azure".' }),
    model: t.string({
      required: true,
      description: 'Model, as that provider names it. With a region prefix if its price depends on it, such as "eu.anthropic.claude-sonnet-4-5-20250929-v1:0".',
    }),
  }),
})

const SetModelAliasInputRef = builder.inputType('SetModelAliasInput', {
  description: 'An alias of a model to set.',
  fields: t => ({
    tenantId: t.id({ description: 'Tenant whose calls use the name. Defaults to the tenant of the key, and to all tenants for an operator key.' }),
    provider: t.string({ required: true, description: 'Provider of the calls, such as "azure".' }),
    name: t.string({
      required: true,
      description: 'Name in the calls: a deployment, the id or ARN of an application inference profile, a model of a gateway.',
    }),
    target: t.field({ type: AliasTargetInputRef, required: true, description: 'Model that runs. Not another alias.' }),
    from: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the alias takes effect. May be in the past: with `rateUnpriced`, past calls without a price are priced.',
    }),
    to: t.field({ type: 'DateTime', description: 'When the alias ends, exclusive. Defaults to no end.' }),
    rateUnpriced: t.boolean({
      defaultValue: false,
      description: 'Whether to start a rating run for past calls of the name without a price. Requires an operator key with the scope "prices:write".',
    }),
  }),
})

const EndModelAliasInputRef = builder.inputType('EndModelAliasInput', {
  description: 'An alias of a model to end.',
  fields: t => ({
    tenantId: t.id({
      description:
        'Tenant whose calls use the name. Defaults to the tenant of the key, and to all tenants for an operator key. For a tenant, aliases for all tenants end too.',
    }),
    provider: t.string({ required: true, description: 'Provider of the calls.' }),
    name: t.string({ required: true, description: 'Name in the calls.' }),
    from: t.field({ type: 'DateTime', required: true, description: 'When the alias ends. Calls before that keep it.' }),
  }),
})

interface AliasWasSet extends Pick<AliasRating, 'unpricedCalls' | 'run'> {
  readonly alias: ModelAlias
}

const SetModelAliasPayloadRef = builder.objectRef<AliasWasSet>('SetModelAliasPayload').implement({
  description: 'The alias was set.',
  fields: t => ({
    alias: t.expose('alias', { type: ModelAliasRef, description: 'The alias. It applies to events recorded from now on.' }),
    unpricedCalls: t.expose('unpricedCalls', {
      type: 'SafeInt',
      description: 'Number of past calls of the name, from the start of the alias on, that were unpriced when it was set.',
    }),
    run: t.expose('run', {
      type: RatingRunRef,
      nullable: true,
      description: 'The rating run that prices them in the background. Null if there are none, or `rateUnpriced` was not set.',
    }),
  }),
})

const EndModelAliasPayloadRef = builder.objectRef<{ alias: ModelAlias }>('EndModelAliasPayload').implement({
  description: 'The alias ends.',
  fields: t => ({ alias: t.expose('alias', { type: ModelAliasRef, description: 'The entry that ends it, which has no target.' }) }),
})

builder.mutationField('setModelAlias', t =>
  t.field({
    type: SetModelAliasPayloadRef,
    audit: ['pricing.aliasSet', 'pricing.usageRerated'],
    authScopes: { can: 'aliases:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunInProgress] },
    description:
      'Says which model runs under a name of your own, so that its calls have a price. Recorded events keep their cost until a rating run corrects it. Requires the scope "aliases:write". If `rateUnpriced` fails because of another rating run, the alias is set nevertheless.',
    args: { input: t.arg({ type: SetModelAliasInputRef, required: true, description: 'The alias.' }) },
    resolve: async (_root, { input: { rateUnpriced, tenantId, ...draft } }, context): Promise<AliasWasSet> => {
      if (rateUnpriced) requireRating(context)
      const alias = await context.tollgate.modelAliases.set(scopeOf(context.viewer), { ...draft, tenantId: await ownerOf(context, tenantId) })
      const requestedBy = rateUnpriced ? viewerName(context.viewer) : undefined
      return { alias, ...(await context.tollgate.rateAlias(alias, requestedBy)) }
    },
  }),
)

builder.mutationField('endModelAlias', t =>
  t.field({
    type: EndModelAliasPayloadRef,
    audit: 'pricing.aliasEnded',
    authScopes: { can: 'aliases:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Ends an alias: from then on, the name is looked up in the price list again. Requires the scope "aliases:write".',
    args: { input: t.arg({ type: EndModelAliasInputRef, required: true, description: 'The alias to end.' }) },
    resolve: async (_root, { input: { tenantId, ...draft } }, context) => ({
      alias: await context.tollgate.modelAliases.set(scopeOf(context.viewer), { ...draft, target: null, tenantId: await ownerOf(context, tenantId) }),
    }),
  }),
)

/** Returns the tenant that an alias is for; null for all tenants. */
async function ownerOf(context: GraphQLContext, tenantId: string | null | undefined): Promise<string | null> {
  const isForAll = context.viewer.kind === 'operator' && (tenantId === null || tenantId === undefined)
  return isForAll ? null : tenantOf(context, tenantId)
}

function requireRating({ viewer }: GraphQLContext): void {
  if (viewer.kind !== 'operator') throw new Forbidden('rateUnpriced requires an operator key; yours is a tenant key. Ask your operator to start a rating run.')
  requireScope(viewer, 'prices:write')
}

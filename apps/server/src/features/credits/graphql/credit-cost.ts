import { Decimal, Forbidden, InvalidInput } from '@tollgate/kernel'
import type { CreditCost } from '@tollgate/credits'
import { builder } from '../../../graphql/builder.ts'
import { readTokenRates } from './read-token-rates.ts'

const PoolCreditRateRef = builder.objectRef<{ readonly pool: string | null; readonly rate: Decimal }>('PoolCreditRate').implement({
  description: 'Credits per thousand tokens.',
  fields: t => ({
    pool: t.exposeString('pool', { nullable: true, description: 'Token pool, such as "input"; null for all tokens.' }),
    rate: t.expose('rate', { type: 'Decimal', description: 'Credits per thousand tokens.' }),
  }),
})

const CreditCostRef = builder.objectRef<CreditCost>('CreditCost').implement({
  description: 'What an operation costs in credits. All rates that are set are added up.',
  fields: t => ({
    id: t.exposeID('id', { description: 'Id of this version.' }),
    operation: t.exposeString('operation', { description: 'The operation.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider that it applies to; null for any.' }),
    model: t.exposeString('model', { nullable: true, description: 'Model that it applies to; null for any.' }),
    perCall: t.field({ type: 'Decimal', nullable: true, description: 'Credits per call.', resolve: ({ rates }) => rates.perCall }),
    perThousandTokens: t.field({
      type: [PoolCreditRateRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Credits per thousand tokens; empty if tokens cost nothing.',
      resolve: ({ rates: { perThousandTokens: rates } }) => {
        if (rates === null) return []
        return Decimal.isDecimal(rates) ? [{ pool: null, rate: rates }] : Object.entries(rates).map(([pool, rate]) => ({ pool, rate }))
      },
    }),
    perUsdOfCost: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Credits per USD that the provider charges.',
      resolve: ({ rates }) => rates.perUsdOfCost,
    }),
    perUnit: t.field({ type: 'Decimal', nullable: true, description: 'Credits per unit of the quantity.', resolve: ({ rates }) => rates.perUnit }),
    from: t.expose('from', { type: 'DateTime', description: 'When it takes effect.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'When it ends, exclusive; null for no end.' }),
  }),
})

builder.queryField('creditCosts', t =>
  t.field({
    type: [CreditCostRef],
    authScopes: { can: 'credits:read' },
    complexity: { field: 1, multiplier: 50 },
    description: 'What operations cost in credits at a time.',
    args: { at: t.arg({ type: 'DateTime', description: 'The time. Defaults to now.' }) },
    resolve: async (_root, { at }, { tollgate }) => [...(await tollgate.credits.costs(at ?? undefined))],
  }),
)

const PoolCreditRateInputRef = builder.inputType('PoolCreditRateInput', {
  description: 'Credits per thousand tokens of a pool.',
  fields: t => ({
    pool: t.string({ required: true, description: 'Token pool, as in `TokenUsageInput`, such as "input" or "cacheRead".' }),
    rate: t.field({ type: 'Decimal', required: true, description: 'Credits per thousand tokens.' }),
  }),
})

const SetCreditCostInputRef = builder.inputType('SetCreditCostInput', {
  description: 'What an operation costs from a time on. Needs at least one rate.',
  fields: t => ({
    operation: t.string({ required: true, description: 'The operation, as events name it.' }),
    provider: t.string({ description: 'Only for this provider. Defaults to any.' }),
    model: t.string({ description: 'Only for this model. Requires `provider`. Defaults to any.' }),
    perCall: t.field({ type: 'Decimal', description: 'Credits per call.' }),
    perThousandTokens: t.field({ type: 'Decimal', description: 'Credits per thousand tokens of any pool.' }),
    perThousandTokensByPool: t.field({
      type: [PoolCreditRateInputRef],
      description: 'Credits per thousand tokens by pool, instead of `perThousandTokens`. Pools that are not named cost nothing.',
    }),
    perUsdOfCost: t.field({ type: 'Decimal', description: 'Credits per USD that the provider charges.' }),
    perUnit: t.field({ type: 'Decimal', description: 'Credits per unit of the quantity.' }),
    from: t.field({ type: 'DateTime', description: 'When it takes effect. It ends the version before it. Defaults to now.' }),
    to: t.field({ type: 'DateTime', description: 'When it ends, exclusive. Defaults to no end.' }),
  }),
})

const SetCreditCostPayloadRef = builder.objectRef<{ readonly cost: CreditCost }>('SetCreditCostPayload').implement({
  description: 'The credit cost was set.',
  fields: t => ({ cost: t.expose('cost', { type: CreditCostRef, description: 'The new version.' }) }),
})

builder.mutationField('setCreditCost', t =>
  t.field({
    type: SetCreditCostPayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.costSet',
    errors: { types: [InvalidInput, Forbidden] },
    description: 'Sets what an operation costs in credits. Earlier debits do not change. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: SetCreditCostInputRef, required: true, description: 'The cost.' }) },
    resolve: async (_root, { input: { perThousandTokensByPool, perThousandTokens, ...input } }, { tollgate }) => {
      const rates = readTokenRates({ perThousandTokens, perThousandTokensByPool })
      return { cost: await tollgate.credits.setCost({ ...input, perThousandTokens: rates }) }
    },
  }),
)

import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import type { FeedStatus } from '@tollgate/pricing'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { PriceFeedRef } from './price-feed.ts'

const MAX_IDS = 1_000

const ADDED = 'Number of list prices that became active. They apply to events recorded from now on; unpriced events of the last 30 days are rated.'

interface Decided {
  readonly addedPrices: number
  readonly feed: FeedStatus
}

const approval = {
  field: 'approvePriceChanges',
  name: 'ApprovePriceChanges',
  approved: true,
  verb: 'approve',
  done: 'approved',
  audit: 'pricing.priceChangesApproved',
} as const
const refusal = {
  field: 'refusePriceChanges',
  name: 'RefusePriceChanges',
  approved: false,
  verb: 'refuse',
  done: 'refused',
  audit: 'pricing.priceChangesRefused',
} as const

for (const { field, name, approved, verb, done, audit } of [approval, refusal]) {
  const input = builder.inputType(`${name}Input`, {
    description: `Changes to ${verb}.`,
    fields: t => ({ ids: t.idList({ required: true, description: `Ids of changes that wait for a decision, up to ${MAX_IDS.toLocaleString('en')}.` }) }),
  })
  const payload = builder.objectRef<Decided>(`${name}Payload`).implement({
    description: `The changes were ${done}.`,
    fields: t => ({
      addedPrices: t.exposeInt('addedPrices', { description: ADDED }),
      feed: t.expose('feed', { type: PriceFeedRef, description: 'The feed after the decision.' }),
    }),
  })
  builder.mutationField(field, t =>
    t.field({
      type: payload,
      audit,
      authScopes: { $all: { operator: true, can: 'prices:write' } },
      errors: { types: [InvalidInput, Forbidden] },
      description: approved
        ? 'Applies prices of the fetched list that waited because they move by more than 30 %. Requires an operator key with the scope "prices:write".'
        : 'Keeps the active prices of models whose prices in the fetched list move by more than 30 %. A later list with other prices asks again. Requires an operator key with the scope "prices:write".',
      args: { input: t.arg({ type: input, required: true, description: `Changes to ${verb}.` }) },
      resolve: async (_root, { input: { ids } }, { viewer, tollgate: { priceFeed } }) => {
        if (ids.length === 0 || ids.length > MAX_IDS) throw new InvalidInput([{ path: 'ids', message: `must be 1 to ${MAX_IDS} ids` }])
        const { addedPrices } = await priceFeed.decide(scopeOf(viewer), { changeIds: ids.map(String), approved, decidedBy: viewerName(viewer) })
        return { addedPrices, feed: await priceFeed.status() }
      },
    }),
  )
}

const RefreshPricesPayloadRef = builder.objectRef<Decided>('RefreshPricesPayload').implement({
  description: 'The price feed was checked. `feed.state` tells whether it could be used.',
  fields: t => ({
    addedPrices: t.exposeInt('addedPrices', { description: ADDED }),
    feed: t.expose('feed', { type: PriceFeedRef, description: 'The feed after the check.' }),
  }),
})

builder.mutationField('refreshPrices', t =>
  t.field({
    type: RefreshPricesPayloadRef,
    audit: ['pricing.listPricesActivated', 'pricing.priceListAccepted'],
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden] },
    description: 'Checks the price feed now, instead of within six hours. Does nothing without a feed. Requires an operator key with the scope "prices:write".',
    resolve: async (_root, _args, { viewer, tollgate: { priceFeed } }) => {
      const { addedPrices } = await priceFeed.refresh(scopeOf(viewer))
      return { addedPrices, feed: await priceFeed.status() }
    },
  }),
)

import type { UnitPriceDraft } from '@tollgate/pricing'
import type { Decimal } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'

const DESCRIPTION = 'Price of what a provider bills besides tokens, such as searches, images or seconds of audio.'
const KIND = 'Kind of the units, such as "web_search", "image", "audio_second" or "page".'
const VARIANT = 'What the price depends on, such as "low" for a search context size or "high-1024x1024" for an image.'

/** A price of units, as output. */
export const UnitPriceRef = builder.objectRef<UnitPriceDraft<Decimal>>('UnitPrice').implement({
  description: DESCRIPTION,
  fields: t => ({
    kind: t.exposeString('kind', { description: KIND }),
    variant: t.string({
      nullable: true,
      description: `${VARIANT} Null for units without a variant and, if the kind has no prices by variant, for all units of the kind.`,
      resolve: ({ variant }) => variant,
    }),
    price: t.expose('price', { type: 'Decimal', description: 'USD for `per` units.' }),
    per: t.int({ description: 'Number of units that the price is for, such as 3,600 for a price per hour of seconds.', resolve: ({ per }) => per ?? 1 }),
  }),
})

/** A price of units, as input. */
export const UnitPriceInputRef = builder.inputRef<UnitPriceDraft<Decimal>>('UnitPriceInput').implement({
  description: DESCRIPTION,
  fields: t => ({
    kind: t.string({ required: true, description: KIND }),
    variant: t.string({ description: `${VARIANT} Omit it for a price of all units of the kind.` }),
    price: t.field({ type: 'Decimal', required: true, description: 'USD for `per` units.' }),
    per: t.int({ description: 'Number of units that the price is for, such as 1,000 searches. Defaults to 1.' }),
  }),
})

import { Decimal } from '@tollgate/kernel'
import type { UsageUnitDraft } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'

const UNIT_DESCRIPTIONS = {
  kind: 'Kind of the units: "web_search", "file_search", "image", "audio_second", "video_second", "character", "page", "rerank_search", "request", "session" and others. A kind that no price knows leaves the event unpriced.',
  variant: 'What the price depends on, such as "low" for a search context size or "high-1024x1024" for an image.',
}

/** Units of one kind. */
interface UnitQuantity {
  readonly kind: string
  readonly variant?: string
  /** Exact decimal. */
  readonly quantity: Decimal | string
}

/** What a provider bills besides tokens, as output: of an event, or summed over events. */
export const UsageUnitRef = builder.objectRef<UnitQuantity>('UsageUnit').implement({
  description: 'What a provider bills besides tokens, such as searches, images and seconds of audio.',
  fields: t => ({
    kind: t.exposeString('kind', { description: UNIT_DESCRIPTIONS.kind }),
    variant: t.string({ nullable: true, description: `${UNIT_DESCRIPTIONS.variant} Null for units without a variant.`, resolve: ({ variant }) => variant }),
    quantity: t.field({ type: 'Decimal', description: 'Number of units.', resolve: ({ quantity }) => new Decimal(quantity) }),
  }),
})

/** What a provider bills besides tokens, as input. */
export const UsageUnitInputRef = builder.inputRef<UsageUnitDraft>('UsageUnitInput').implement({
  description: 'What a provider bills besides tokens, such as searches, images and seconds of audio.',
  fields: t => ({
    kind: t.string({ required: true, description: UNIT_DESCRIPTIONS.kind }),
    quantity: t.field({ type: 'Decimal', required: true, description: 'Number of units, 0 or more. 0 equals an omitted unit.' }),
    variant: t.string({ description: UNIT_DESCRIPTIONS.variant }),
  }),
})

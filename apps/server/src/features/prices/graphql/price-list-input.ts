import type { PriceImportSource, PriceListFormat } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'

const PriceListFormatRef = builder.enumType('PriceListFormat', {
  description: 'Format of a public price list.',
  values: {
    LITELLM: { value: 'litellm', description: "LiteLLM's model_prices_and_context_window.json." },
    MODELS_DEV: { value: 'models-dev', description: "models.dev's api.json." },
  } as const satisfies Record<string, { value: PriceListFormat; description: string }>,
})

/** A public price list to import from. */
export interface PriceListInput {
  readonly format: PriceListFormat
  readonly data: string
  readonly from: Extract<PriceImportSource, { data: string }>['from']
  readonly providers?: readonly string[] | null | undefined
}

/** A public price list, as input. */
export const PriceListInputRef = builder.inputRef<PriceListInput>('PriceListInput').implement({
  description: 'A public price list to import from.',
  fields: t => ({
    format: t.field({ type: PriceListFormatRef, required: true, description: 'Format of the list.' }),
    data: t.string({ required: true, description: 'Contents of the file, as text. Numbers are read exactly.' }),
    from: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the prices take effect. Use the same time to plan an import and to apply it.',
    }),
    providers: t.stringList({ description: 'Import only these providers, such as "openai". Defaults to all.' }),
  }),
})

/** Converts the input to an import source. */
export function toImportSource({ format, data, from, providers }: PriceListInput): PriceImportSource {
  return { format, data, from, ...(providers && { providers }) }
}

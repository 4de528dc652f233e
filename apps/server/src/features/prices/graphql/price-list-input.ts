import type { PriceImportSource, PriceListFormat } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'

const PriceListFormatRef = builder.enumType('PriceListFormat', {
  description: 'A list of prices that others keep.',
  values: {
    LITELLM: { value: 'litellm', description: "LiteLLM's model_prices_and_context_window.json." },
    MODELS_DEV: { value: 'models-dev', description: "models.dev's api.json." },
  } as const satisfies Record<string, { value: PriceListFormat; description: string }>,
})

/** A list of prices to take prices from. */
export interface PriceListInput {
  readonly format: PriceListFormat
  readonly data: string
  readonly from: Extract<PriceImportSource, { data: string }>['from']
  readonly providers?: readonly string[] | null | undefined
}

/** A list of prices, as an input. */
export const PriceListInputRef = builder.inputRef<PriceListInput>('PriceListInput').implement({
  description: 'A list of prices that others keep.',
  fields: t => ({
    format: t.field({ type: PriceListFormatRef, required: true, description: 'Which list it is.' }),
    data: t.string({ required: true, description: 'The contents of the file, as text. Numbers are read from it exactly.' }),
    from: t.field({ type: 'DateTime', required: true, description: 'When its prices are to begin to count. The same for the plan and for applying it.' }),
    providers: t.stringList({ description: 'Only of these providers: "openai".' }),
  }),
})

/** The list as pricing takes it. */
export function toImportSource({ format, data, from, providers }: PriceListInput): PriceImportSource {
  return { format, data, from, ...(providers && { providers }) }
}

import type { InputFields } from './input-fields.ts'

/** The fields of a markup. */
export function markupFields(t: InputFields) {
  return {
    percent: t.field({ type: 'Decimal', required: true, description: 'Per cent on top of the cost: "25" is a quarter. From 0 to 1,000.' }),
    provider: t.string({ description: 'Only for this provider; for all where it is left out.' }),
    model: t.string({
      description: 'Only for this model, as the price catalogue calls it; for all where it is left out. Its dated versions and aliases are meant too.',
    }),
  }
}

import type { InputFields } from './input-fields.ts'

/** Returns the fields of a markup. */
export function markupFields(t: InputFields) {
  return {
    percent: t.field({ type: 'Decimal', required: true, description: 'Percentage added to the cost, 0 to 1,000. "25" adds a quarter.' }),
    provider: t.string({ description: 'Only for this provider. Defaults to all.' }),
    model: t.string({
      description: 'Only for this model and its dated versions and aliases, by its name in the price catalogue. Defaults to all.',
    }),
  }
}

import { readField, readObject } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Mistral's document reading, which bills pages. Pages with annotations have a price of their own. */
export const mistralOcr: UsageFormat = (body, { provider, apiFlavor }) => {
  const pages = readField(readObject(body, 'usage_info', 'usageInfo'), 'pages_processed') ?? readField(readObject(body, 'usageInfo'), 'pagesProcessed')
  if (pages === undefined) return undefined
  const annotation = readField(body, 'document_annotation')
  const isAnnotated = apiFlavor === 'ocr_annotated' || (typeof annotation === 'string' && annotation !== '')
  return { units: units(provider, { kind: 'page', quantity: pages, variant: isAnnotated ? 'annotated' : undefined }) }
}

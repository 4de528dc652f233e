import { idFormat } from './id-format.ts'
import type { Metadata, MetadataField } from './metadata.ts'
import type { MetadataWarning } from './metadata-warning.ts'

/** Learns the usual format of a program's ids, and reports ids that deviate from it. */
export interface IdFormatMonitor {
  observe(metadata: Metadata): void
  /** Returns a warning for each field that has a usual format and ids that deviate from it. */
  warnings(): readonly MetadataWarning[]
}

const ID_FIELDS = ['customerId', 'organizationId', 'productId'] as const satisfies readonly MetadataField[]

/** Maximum number of formats to distinguish per field. Further formats are counted together. */
const MAX_FORMATS = 50
/** Share of ids that makes their format the usual one. */
const DOMINANT_SHARE = 0.8
/** Number of ids that a field needs before it can have a usual format. */
const MIN_IDS = 10

interface FormatCount {
  count: number
  readonly example: string
}

/** Creates a monitor. Its memory is bounded, however many ids it observes. */
export function createIdFormatMonitor(): IdFormatMonitor {
  const counts = new Map<MetadataField, Map<string, FormatCount>>(ID_FIELDS.map(field => [field, new Map()]))
  return {
    observe(metadata) {
      for (const [field, formats] of counts) {
        const id = metadata[field]
        if (typeof id === 'string') count(formats, id)
      }
    },
    warnings: () => [...counts].flatMap(([field, formats]) => deviations(field, formats)),
  }
}

function count(formats: Map<string, FormatCount>, id: string): void {
  const format = idFormat(id)
  const key = formats.has(format) || formats.size < MAX_FORMATS ? format : 'other'
  const known = formats.get(key)
  if (known) known.count += 1
  else formats.set(key, { count: 1, example: id })
}

function deviations(field: MetadataField, formats: ReadonlyMap<string, FormatCount>): MetadataWarning[] {
  const [dominant, ...others] = [...formats.values()].toSorted((a, b) => b.count - a.count)
  const rare = others[0]
  if (dominant === undefined || rare === undefined) return []
  const deviating = others.reduce((sum, { count: more }) => sum + more, 0)
  const total = dominant.count + deviating
  if (total < MIN_IDS || dominant.count / total < DOMINANT_SHARE) return []
  const message = `usually looks like "${dominant.example}", but ${deviating} of ${total} ids do not, such as "${rare.example}"`
  return [{ kind: 'id_format', field, message }]
}

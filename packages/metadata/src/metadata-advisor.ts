import type { Finding } from './finding.ts'
import { idFormat } from './id-format.ts'
import type { Metadata, MetadataField } from './metadata.ts'

/** Learns how a program forms its ids, whatever its convention, and says which do not fit. */
export interface MetadataAdvisor {
  observe(metadata: Metadata): void
  /** One finding for each field with a dominant format and ids that depart from it. */
  findings(): readonly Finding[]
}

const ID_FIELDS = ['customerId', 'organizationId', 'productId'] as const satisfies readonly MetadataField[]

/** Formats told apart in one field; more than that is no convention at all, and they count as one. */
const MAX_FORMATS = 50
/** A format is the convention of a field when so much of it follows. */
const DOMINANT_SHARE = 0.8
/** Before so many ids, a convention cannot be known. */
const MIN_IDS = 10

interface Seen {
  count: number
  readonly example: string
}

/** Makes an advisor that has seen nothing. What it keeps is bounded, however long it observes. */
export function createMetadataAdvisor(): MetadataAdvisor {
  const seen = new Map<MetadataField, Map<string, Seen>>(ID_FIELDS.map(field => [field, new Map()]))
  return {
    observe(metadata) {
      for (const [field, formats] of seen) {
        const id = metadata[field]
        if (typeof id === 'string') count(formats, id)
      }
    },
    findings: () => [...seen].flatMap(([field, formats]) => departures(field, formats)),
  }
}

function count(formats: Map<string, Seen>, id: string): void {
  const format = idFormat(id)
  const key = formats.has(format) || formats.size < MAX_FORMATS ? format : 'other'
  const known = formats.get(key)
  if (known) known.count += 1
  else formats.set(key, { count: 1, example: id })
}

function departures(field: MetadataField, formats: ReadonlyMap<string, Seen>): Finding[] {
  const [dominant, ...others] = [...formats.values()].toSorted((a, b) => b.count - a.count)
  const rare = others[0]
  if (dominant === undefined || rare === undefined) return []
  const departing = others.reduce((sum, { count: more }) => sum + more, 0)
  const total = dominant.count + departing
  if (total < MIN_IDS || dominant.count / total < DOMINANT_SHARE) return []
  const message = `is mostly formed like "${dominant.example}", but not in ${departing} of ${total} cases, such as "${rare.example}"`
  return [{ kind: 'id_format', field, message }]
}

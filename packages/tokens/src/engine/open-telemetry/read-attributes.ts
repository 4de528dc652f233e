import { readCount, readText } from '../read-fields.ts'

/** Attributes of a span, by name. */
export type Attributes = Readonly<Record<string, unknown>>

/** Returns the first of the named counts. Integers may be text, as in OTLP's JSON. Throws `TokenUsageUnreadable` for anything else. */
export function readAttributeCount(attributes: Attributes, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes[name]
    const count = readCount(typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value, name, 'opentelemetry')
    if (count !== undefined) return count
  }
  return undefined
}

/** Returns the first of the named attributes that is text; null if there is none. */
export function readAttributeText(attributes: Attributes, ...names: readonly string[]): string | null {
  return readText(attributes, ...names.filter(name => attributes[name] !== '')) ?? null
}

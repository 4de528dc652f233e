import { InvalidInput } from '@tollgate/kernel'
import type { IdCodec } from './id-codec.ts'

/** Ids of every type: the prefix tells which. */
export interface GlobalIds {
  encode(type: string, id: string): string
  /** Throws `InvalidInput` when the text is not an id of any type. */
  decode(text: string): { readonly type: string; readonly id: string }
}

/** Combines the ids of all types. No prefix starts with another one. */
export function globalIds(codecs: readonly IdCodec[]): GlobalIds {
  const byType = new Map(codecs.map(codec => [codec.type, codec]))
  // A tenant's id has no prefix, so it comes last: it is what starts with none of the others.
  const byPrefix = codecs.toSorted((one, other) => other.prefix.length - one.prefix.length)
  return {
    encode(type, id) {
      const codec = byType.get(type)
      if (codec === undefined) throw new Error(`No ids are declared for the type ${type}; add them to the feature that defines it`)
      return codec.encode(id)
    },
    decode(text) {
      const codec = byPrefix.find(({ prefix }) => text.startsWith(prefix))
      const id = text.slice(codec?.prefix.length)
      if (codec?.matches(id)) return { type: codec.type, id }
      throw new InvalidInput([{ path: 'id', message: `${JSON.stringify(text.slice(0, 100))} is not an id` }])
    },
  }
}

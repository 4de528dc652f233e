import { InvalidInput } from '@tollgate/kernel'

/** Converts the ids of one type between the database ("0192…") and clients ("evt_0192…"). */
export interface IdCodec {
  /** The GraphQL type. */
  readonly type: string
  /** What the ids of this type start with. Empty for tenants, whose ids are chosen by their operator. */
  readonly prefix: string
  /** What has these ids, for descriptions: "usage events". */
  readonly plural: string
  /** Adds the prefix. */
  encode(id: string): string
  /** Removes the prefix. Throws `InvalidInput` for anything but an id of this type; `path` names the field. */
  decode(text: string, path?: string): string
  /** Removes the prefix; undefined for anything but an id of this type. */
  tryDecode(text: string): string | undefined
  /** Returns whether an id without its prefix has the form of this type. */
  matches(id: string): boolean
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Declares the ids of one type. `form` is what follows the prefix; defaults to a UUID. */
export function idCodec({ type, prefix, plural, form = UUID }: Pick<IdCodec, 'type' | 'prefix' | 'plural'> & { readonly form?: RegExp }): IdCodec {
  const tryDecode = (text: string) => {
    const id = text.startsWith(prefix) ? text.slice(prefix.length) : ''
    return form.test(id) ? id : undefined
  }
  return {
    type,
    prefix,
    plural,
    encode: id => prefix + id,
    decode(text, path = 'id') {
      const id = tryDecode(text)
      if (id !== undefined) return id
      throw new InvalidInput([{ path, message: `${JSON.stringify(text.slice(0, 100))} is not a valid id; ids of ${plural} start with "${prefix}"` }])
    },
    tryDecode,
    matches: id => form.test(id),
  }
}

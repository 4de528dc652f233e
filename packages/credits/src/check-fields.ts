import { InvalidInput, type Issue, Temporal } from '@tollgate/kernel'

/** What a field holds. A name that ends in `?` may be omitted or null. `any` is checked where it is read. */
type FieldKind = 'text' | 'text?' | 'number' | 'number?' | 'instant?' | 'object?' | 'list?' | 'any'

/** The kind of each field of an input. Does not compile without every field. */
export type InputFields<Input> = Readonly<Record<keyof Required<Input>, FieldKind>>

/** Kinds of the fields that name the owner of a wallet. */
export const OWNER_FIELDS = { tenantId: 'text', customerId: 'text?' } as const

/** Checks that an input has only known fields of the right types, also where a caller is not checked by TypeScript. Throws `InvalidInput`. */
export function checkFields<Input extends object>(input: Input, fields: InputFields<Input>): void {
  let issues: Issue[] | undefined
  for (const name in input) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined
    const message = kind === undefined ? `is not a field; the fields are ${Object.keys(fields).join(', ')}` : problemOf(input[name], kind)
    if (message !== undefined) (issues ??= []).push({ path: name, message })
  }
  for (const name in fields) {
    if (!(name in input) && (fields[name] === 'text' || fields[name] === 'number')) (issues ??= []).push({ path: name, message: 'is missing' })
  }
  if (issues !== undefined) throw new InvalidInput(issues)
}

function problemOf(value: unknown, kind: FieldKind): string | undefined {
  if (kind === 'any' || ((value === undefined || value === null) && kind.endsWith('?'))) return undefined
  switch (kind) {
    case 'text':
    case 'text?':
      return typeof value === 'string' ? undefined : 'must be a text'
    case 'number':
    case 'number?':
      return typeof value === 'number' ? undefined : 'must be a number'
    case 'instant?':
      return value instanceof Temporal.Instant ? undefined : 'must be a Temporal.Instant'
    case 'object?':
      return typeof value === 'object' && !Array.isArray(value) ? undefined : 'must be an object'
    case 'list?':
      return Array.isArray(value) ? undefined : 'must be a list'
  }
}

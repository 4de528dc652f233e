import { InvalidInput } from '@tollgate/kernel'

/** A public function, with an input that it accepts and that has every field. */
export interface PublicFunction {
  readonly name: string
  readonly call: (input: never) => unknown
  readonly input: () => object
  /** Fields that it needs. */
  readonly required: readonly string[]
  /** Fields with an object or a list whose fields are checked too, by their path. */
  readonly nested?: readonly string[]
}

/** An input that must be refused, and the field that the error must name. */
export interface InputCase {
  readonly name: string
  readonly field: string
  readonly call: () => unknown
}

const WRONG = Symbol('no program sends a symbol on purpose')

/** Makes the wrong inputs of a function: each field with a wrong type, an unknown field at each level, and each required field left out. */
export function wrongInputs({ name, call, input, required, nested = [] }: PublicFunction): InputCase[] {
  const send = (change: (input: Record<string, unknown>) => unknown) => () => {
    const changed = structuredCopy(input()) as Record<string, unknown>
    const replaced = change(changed)
    return call((replaced ?? changed) as never)
  }
  const fields = Object.keys(input())
  return [
    { name: `${name}: no object`, field: '', call: () => call(5 as never) },
    ...fields.map(field => ({ name: `${name}: ${field} of a wrong type`, field, call: send(changed => void (changed[field] = WRONG)) })),
    ...required.map(field => ({ name: `${name}: without ${field}`, field, call: send(changed => void delete changed[field]) })),
    { name: `${name}: an unknown field`, field: 'consum', call: send(changed => void (changed['consum'] = true)) },
    ...nested.map(path => ({
      name: `${name}: an unknown field of ${path}`,
      field: `${path}.consum`,
      call: send(changed => {
        const target = path.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], changed) as Record<string, unknown>
        target['consum'] = true
      }),
    })),
  ]
}

/** Returns the fields that an `InvalidInput` names. Throws any other error, and if the call succeeds. */
export async function refusedFields(call: () => unknown): Promise<string[]> {
  try {
    await call()
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ path }) => path)
    throw error
  }
  throw new Error('The input was accepted')
}

/** Copies objects and lists of the input itself, and passes on functions and instances of classes. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, structuredCopy(field)]))
}

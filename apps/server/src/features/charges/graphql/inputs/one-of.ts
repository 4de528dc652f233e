/**
 * An input of exactly one field as data with a kind: `{ hoursOfDay: { from } }` becomes `{ kind: 'hours-of-day', from }`.
 * GraphQL has seen to it that there is one.
 */
export function kindOf(input: object): { readonly kind: string } {
  const [name, value] = Object.entries<unknown>({ ...input }).find(([, given]) => given !== null && given !== undefined) ?? ['nothing', {}]
  return { ...(typeof value === 'object' ? value : {}), kind: name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) }
}

/**
 * Converts a `@oneOf` input to data with a kind: `{ hoursOfDay: { from } }` becomes `{ kind: 'hours-of-day', from }`.
 * GraphQL ensures that exactly one field is set.
 */
export function kindOf(input: object): { readonly kind: string } {
  const [name, value] = Object.entries<unknown>({ ...input }).find(([, given]) => given !== null && given !== undefined) ?? ['nothing', {}]
  return { ...(typeof value === 'object' ? value : {}), kind: name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) }
}

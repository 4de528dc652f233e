import type { CombinedError } from 'urql'

/** What went wrong, in a sentence. */
export function Problem({ error }: { readonly error: CombinedError }) {
  return <p role="alert">{error.graphQLErrors[0]?.message ?? 'The server cannot be reached. Trying again.'}</p>
}

import type { CombinedError } from 'urql'

/** Returns what to tell a person about an error. */
export function messageOf(error: CombinedError | Error): string {
  if (!('graphQLErrors' in error)) return error.message
  const [first] = error.graphQLErrors
  if (first !== undefined) return first.message
  return error.networkError === undefined ? error.message : `The server cannot be reached (${error.networkError.message}).`
}

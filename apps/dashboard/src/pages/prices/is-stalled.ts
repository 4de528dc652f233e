/** How long a run may make no progress. A process saves it every few seconds. */
const MAX_SILENCE_MS = 60_000

/** Returns whether a run that counts as running has stopped making progress, probably because its process ended. */
export function isStalled({ state, updatedAt }: { readonly state: string; readonly updatedAt: string }, now: number): boolean {
  return state === 'RUNNING' && now - Date.parse(updatedAt) > MAX_SILENCE_MS
}

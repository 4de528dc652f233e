/** Whether an error says that the caller aborted: that of the platform, of a client of a provider, or the reason of the signal. */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted === true && error === signal.reason) return true
  return error instanceof Error && (error.name === 'AbortError' || error.constructor.name === 'APIUserAbortError')
}

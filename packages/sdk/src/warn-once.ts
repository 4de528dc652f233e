import type { EngineFailureCode } from './errors.ts'

/** What to do about an error. The others say it themselves. */
const ADVICE: Partial<Readonly<Record<EngineFailureCode, string>>> = {
  UNAUTHENTICATED: 'Check apiKey. Calls wait until it is accepted.',
  INCOMPATIBLE: 'Check url. Calls wait until Tollgate answers there.',
  UNAVAILABLE: 'Calls wait until Tollgate answers.',
}

/** Returns a listener for clients without `onError`. It warns of the first error of each code. */
export function warnOnce(warn: (message: string) => void): (error: Error) => void {
  const warned = new Set<string>()
  return error => {
    const { code = error.name } = error as Error & { readonly code?: string }
    if (warned.has(code)) return
    warned.add(code)
    const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`
    warn([`Tollgate ${code}: ${sentence}`, ADVICE[code as EngineFailureCode], '(Pass onError to receive all errors.)'].filter(Boolean).join(' '))
  }
}

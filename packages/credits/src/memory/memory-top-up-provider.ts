import type { TopUpProvider, TopUpRequest, TopUpResult } from '../top-up-provider.ts'

/** A provider that keeps its purchases in memory. */
export interface MemoryTopUpProvider extends TopUpProvider {
  /** What was bought, in order, each key once. */
  readonly purchases: readonly TopUpRequest[]
}

/** Buys everything, or what `decide` says. For tests and examples. */
export function memoryTopUpProvider(decide: (request: TopUpRequest) => TopUpResult = () => ({ kind: 'purchased' })): MemoryTopUpProvider {
  const purchases = new Map<string, TopUpRequest>()
  return {
    get purchases() {
      return [...purchases.values()]
    },
    async purchase(request) {
      if (purchases.has(request.idempotencyKey)) return { kind: 'purchased' }
      const result = decide(request)
      if (result.kind === 'purchased') purchases.set(request.idempotencyKey, request)
      return result
    },
  }
}

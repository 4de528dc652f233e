/** Amounts of the API in one currency; null if they are unknown or may not be seen. */
interface Amounts {
  readonly charge: string | null
  readonly cost: string | null
}

/** Returns the share of the charge that remains after the cost, from 0 to 1, negative for a loss. It is for people, so it need not be exact. */
export function marginOf({ charge, cost }: Amounts): number | null {
  if (charge === null || cost === null) return null
  const charged = Number(charge)
  return charged === 0 ? null : (charged - Number(cost)) / charged
}

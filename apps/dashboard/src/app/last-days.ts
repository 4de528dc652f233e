const MILLISECONDS_PER_DAY = 86_400_000

/** Returns the range of the last days, up to now. */
export function lastDays(days: number): { readonly from: string; readonly to: string } {
  const to = new Date()
  return { from: new Date(to.getTime() - days * MILLISECONDS_PER_DAY).toISOString(), to: to.toISOString() }
}

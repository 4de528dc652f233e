/** Returns a local time so much later: "2027-01-31T10:30" and one month is "2027-02-28T10:30". */
export function laterLocal(local: string, { days, months }: { readonly days: number; readonly months: number }): string {
  const at = new Date(`${local}Z`)
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, lastDay) + days)
  return at.toISOString().slice(0, 16)
}

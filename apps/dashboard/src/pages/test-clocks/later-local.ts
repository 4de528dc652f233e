/** How far a clock is advanced with one button. */
export const STEPS = [
  { label: 'A day', days: 1, months: 0 },
  { label: 'A week', days: 7, months: 0 },
  { label: 'A month', days: 0, months: 1 },
  { label: 'A year', days: 0, months: 12 },
] as const

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

/** Returns how far a clock is on its way from one time to another, in percent. */
export function progressOf(from: string, { now, target }: { readonly now: string; readonly target: string }): number {
  const whole = Date.parse(target) - Date.parse(from)
  return whole <= 0 ? 100 : Math.max(0, Math.min(100, ((Date.parse(now) - Date.parse(from)) / whole) * 100))
}

/** Returns how much of the way from one time to its target a clock has been advanced, in percent. */
export function progressOf(from: string, { now, target }: { readonly now: string; readonly target: string }): number {
  const whole = Date.parse(target) - Date.parse(from)
  return whole <= 0 ? 100 : Math.max(0, Math.min(100, ((Date.parse(now) - Date.parse(from)) / whole) * 100))
}

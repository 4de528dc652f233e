/** A date, or a date and a time, without a zone: "2026-11-01" or "2026-11-01T10:30". */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/

/** Returns the instant of a local time in a zone, as the API takes it. Undefined if the text is no local time. */
export function instantOf(local: string, timeZone: string): string | undefined {
  if (!LOCAL.test(local)) return undefined
  const asUtc = Date.parse(local.length === 10 ? `${local}T00:00Z` : `${local}Z`)
  if (Number.isNaN(asUtc)) return undefined
  // The offset at the wall clock may differ from the one at the instant, when clocks change in between: look twice.
  const near = asUtc - offsetAt(asUtc, timeZone)
  return new Date(asUtc - offsetAt(near, timeZone)).toISOString()
}

/** Returns the local time of an instant, to the minute: "2026-11-01T10:30". */
export function localOf(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16)
}

/** Returns whether a zone is known here. */
export function isTimeZone(timeZone: string): boolean {
  try {
    clockOf(timeZone)
    return true
  } catch {
    return false
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone)
  if (clock === undefined) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
    clock = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits })
    clocks.set(timeZone, clock)
  }
  return clock
}

/** What the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const read = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => read.get(name) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1_000) * 1_000
}

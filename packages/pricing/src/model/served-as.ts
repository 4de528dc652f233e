const USUAL_SPEEDS: ReadonlySet<string> = new Set(['', 'standard', 'normal', 'default'])

/** Regions that a call names if it ran anywhere, which has no price of its own. */
const ANY_REGIONS: ReadonlySet<string> = new Set(['', 'global', 'default', 'not_available', 'unspecified'])

/** Returns the name that prices of a speed are stored under. Undefined for the usual speed. */
export function canonicalSpeed(name: string): string | undefined {
  const lower = name.trim().toLowerCase()
  return USUAL_SPEEDS.has(lower) ? undefined : lower
}

/** Returns the name that prices of a region are stored under. Undefined for a call that could run anywhere, such as "global". */
export function canonicalRegion(name: string): string | undefined {
  const lower = name.trim().toLowerCase()
  return ANY_REGIONS.has(lower) ? undefined : lower
}

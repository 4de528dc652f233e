/** Milliseconds since 1970 as PostgreSQL reads them. */
export function instantOf(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString()
}

/** Whether a text is a UUID in its canonical form: PostgreSQL would fail on one that is none. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(text)
}

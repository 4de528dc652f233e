/** Returns the `usage` of a body or an event, if it has one. */
export function usageOf(body: unknown): object | undefined {
  const usage = (body as { readonly usage?: unknown } | null | undefined)?.usage
  return typeof usage === 'object' && usage !== null ? usage : undefined
}

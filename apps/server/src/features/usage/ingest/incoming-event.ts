/** An event of a request, before it is tracked. */
export interface IncomingEvent {
  /** The tenant that it names. Undefined for the tenant of the key or of the URL. */
  readonly tenantId?: string | undefined
  /** The JSON of a `UsageEventInput`, unchecked. */
  readonly input: unknown
}

/** A value of a custom attribute. */
export type AttributeValue = string | number | boolean

/** What a usage event is attributed to. The first seven fields are dimensions: usage can be grouped by them. */
export interface Metadata {
  readonly customerId?: string
  readonly organizationId?: string
  readonly productId?: string
  readonly featureId?: string
  readonly subscriptionTier?: string
  readonly environment?: string
  readonly taskType?: string
  readonly sessionId?: string
  readonly traceId?: string
  readonly requestId?: string
  /** Custom attributes, flat. They describe single events; usage cannot be grouped by them. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** A text field of metadata: all except `attributes`. */
export type MetadataField = Exclude<keyof Metadata, 'attributes'>

/** All text fields, dimensions first. */
export const METADATA_FIELDS = [
  'customerId',
  'organizationId',
  'productId',
  'featureId',
  'subscriptionTier',
  'environment',
  'taskType',
  'sessionId',
  'traceId',
  'requestId',
] as const satisfies readonly MetadataField[]

/** The same, for look-ups. */
export const TEXT_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(METADATA_FIELDS)

/** Metadata as a client sends it, before it is checked. Null and undefined mean that a field is absent. */
export type MetadataDraft = { readonly [Field in MetadataField]?: string | null | undefined } & {
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
}

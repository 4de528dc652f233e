/** A value of a custom attribute. */
export type AttributeValue = string | number | boolean

/** Who and what a usage event is attributed to. The first seven are dimensions: usage can be grouped by them. */
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
  /** Flat; for looking at one event, not for grouping. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** A field of metadata that holds one text: all but `attributes`. */
export type MetadataField = Exclude<keyof Metadata, 'attributes'>

/** Every text field, dimensions first. */
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

/** Metadata as a client sends it, not yet checked. `null` and `undefined` mean that a field is absent. */
export type MetadataDraft = { readonly [Field in MetadataField]?: string | null | undefined } & {
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
}

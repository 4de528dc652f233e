import { mergeMetadata, metadataOf, type MetadataSource, NO_METADATA } from './merge-metadata.ts'
import type { AttributeValue, Metadata, MetadataField } from './metadata.ts'

type Optional<Value> = Value | null | undefined

/**
 * Builds metadata step by step. Builders are immutable: every call returns a new builder, so that requests can share one and
 * extend it independently.
 *
 * Null and undefined values are ignored. Values are not checked, because attribution must not break the work it describes; only
 * `merge` throws, `InvalidInput` for what is no metadata. To check the result, use `checkMetadata` and `lintMetadata`.
 */
export class MetadataBuilder {
  readonly #metadata: Metadata

  /** Use `metadata()` instead. */
  constructor(built: Metadata = NO_METADATA) {
    this.#metadata = built
  }

  /** The end customer: `"cust_0001"`. */
  customer(id: Optional<string>): MetadataBuilder {
    return this.#set('customerId', id)
  }

  /** The organization that the customer belongs to: `"org_001"`. */
  organization(id: Optional<string>): MetadataBuilder {
    return this.#set('organizationId', id)
  }

  /** The product or product line: `"product_a"`. */
  product(id: Optional<string>): MetadataBuilder {
    return this.#set('productId', id)
  }

  /** The feature that used AI: `"chat"`. */
  feature(id: Optional<string>): MetadataBuilder {
    return this.#set('featureId', id)
  }

  /** The customer's subscription tier: `"pro"`. */
  tier(name: Optional<string>): MetadataBuilder {
    return this.#set('subscriptionTier', name)
  }

  /** `"production"`, `"staging"`, `"development"`, `"test"`, or a name of your own. */
  environment(name: Optional<string>): MetadataBuilder {
    return this.#set('environment', name)
  }

  /** The kind of work: `"qa"`, `"summarization"`. */
  taskType(name: Optional<string>): MetadataBuilder {
    return this.#set('taskType', name)
  }

  /** The user's session. Not a dimension: events can be found by it, but usage cannot be grouped by it. */
  session(id: Optional<string>): MetadataBuilder {
    return this.#set('sessionId', id)
  }

  /** The distributed trace. Not a dimension. */
  trace(id: Optional<string>): MetadataBuilder {
    return this.#set('traceId', id)
  }

  /** The request. Not a dimension. */
  request(id: Optional<string>): MetadataBuilder {
    return this.#set('requestId', id)
  }

  /** A custom attribute: `custom('cost_center', 'CC-1234')`. */
  custom(key: string, value: Optional<AttributeValue>): MetadataBuilder {
    return this.merge(value === null || value === undefined ? null : { attributes: { [key]: value } })
  }

  /** Merges other metadata into this, field by field and attribute by attribute. */
  merge(source: Optional<MetadataSource>): MetadataBuilder {
    return new MetadataBuilder(mergeMetadata(this.#metadata, metadataOf(source ?? NO_METADATA)))
  }

  /** Returns the metadata. It is frozen and can be shared. */
  build(): Metadata {
    return this.#metadata
  }

  #set(field: MetadataField, value: Optional<string>): MetadataBuilder {
    return this.merge(value === null || value === undefined ? null : { [field]: value })
  }
}

/** Creates a builder, empty or from existing metadata. */
export function metadata(from?: MetadataSource): MetadataBuilder {
  return new MetadataBuilder().merge(from)
}

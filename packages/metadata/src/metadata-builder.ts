import { mergeMetadata, metadataOf, type MetadataSource, NO_METADATA } from './merge-metadata.ts'
import type { AttributeValue, Metadata, MetadataField } from './metadata.ts'

type Optional<Value> = Value | null | undefined

/**
 * Says, call by call, what usage is attributed to. Every call returns a new builder and leaves the old one as it was,
 * so one builder can be shared by all requests and continued by each.
 *
 * A value of null or undefined says nothing: what was set before stays. Nothing is checked and nothing throws here,
 * because attribution must not break the work that it describes; `checkMetadata` and `validateMetadata` say what is wrong.
 */
export class MetadataBuilder {
  readonly #metadata: Metadata

  /** Use `metadata()`. */
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

  /** `"production"`, `"staging"`, `"development"`, `"test"`, or one of your own. */
  environment(name: Optional<string>): MetadataBuilder {
    return this.#set('environment', name)
  }

  /** The kind of work: `"qa"`, `"summarization"`. */
  taskType(name: Optional<string>): MetadataBuilder {
    return this.#set('taskType', name)
  }

  /** The user's session. Not a dimension: usage can be looked up by it, not grouped. */
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

  /** An attribute of your own: `custom('cost_center', 'CC-1234')`. */
  custom(key: string, value: Optional<AttributeValue>): MetadataBuilder {
    return value === null || value === undefined ? this : this.merge({ attributes: { [key]: value } })
  }

  /** Lays other metadata over this, field by field and attribute by attribute. */
  merge(source: Optional<MetadataSource>): MetadataBuilder {
    return source === null || source === undefined ? this : new MetadataBuilder(mergeMetadata(this.#metadata, metadataOf(source)))
  }

  /** The metadata. Frozen, so it can be shared as well. */
  build(): Metadata {
    return this.#metadata
  }

  #set(field: MetadataField, value: Optional<string>): MetadataBuilder {
    return value === null || value === undefined ? this : new MetadataBuilder(mergeMetadata(this.#metadata, { [field]: value }))
  }
}

/** Begins a builder, empty or from metadata that is there. */
export function metadata(from?: MetadataSource): MetadataBuilder {
  return new MetadataBuilder().merge(from)
}

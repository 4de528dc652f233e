import type { Metadata, MetadataField } from './metadata.ts'

/** A dimension of usage that comes from metadata, by the name that usage queries use. */
export type MetadataDimension = 'customer' | 'organization' | 'product' | 'feature' | 'tier' | 'environment' | 'taskType'

/** A level of a hierarchy: the name of its tag, and the field and dimension that hold it. */
export interface TaggingLevel<Tag extends string = string> {
  readonly tag: Tag
  readonly field: MetadataField
  readonly dimension: MetadataDimension
}

/** A question that tagged usage can answer, and the query that answers it. */
export interface TaggingQuestion {
  readonly question: string
  readonly measure: 'cost' | 'calls' | 'tokens'
  /** Dimensions to group by. Empty for a total. */
  readonly by: readonly MetadataDimension[]
  /** Dimensions to filter by one value each. */
  readonly within: readonly MetadataDimension[]
  /** Set if the answer is a time series. */
  readonly granularity?: 'day' | 'month'
}

/** A way to attribute usage: its tags, and the questions they answer. Plain data, so that documents and user interfaces can show it. */
export interface TaggingStrategy<Tags> {
  readonly name: string
  readonly title: string
  readonly description: string
  /** From the top down. All tags are required, because a missing tag is missing in every report. */
  readonly levels: readonly TaggingLevel<Extract<keyof Tags, string>>[]
  readonly questions: readonly TaggingQuestion[]
  /** Returns the metadata for the tags of an event. Throws `InvalidInput` for tags that are missing or unknown. Values are checked by `checkMetadata`. */
  tag(tags: Tags): Metadata
}

import type { Metadata, MetadataField } from '../metadata.ts'

/** The dimensions that metadata gives to usage, named as usage queries name them. */
export type MetadataDimension = 'customer' | 'organization' | 'product' | 'feature' | 'tier' | 'environment' | 'taskType'

/** One level of a hierarchy: what it is called, and where it is kept. */
export interface TaggingLevel<Tag extends string = string> {
  readonly tag: Tag
  readonly field: MetadataField
  readonly dimension: MetadataDimension
}

/** A question that usage can answer once it is tagged, as a query: sums of a measure, over groups, within values. */
export interface TaggingQuestion {
  readonly question: string
  readonly measure: 'cost' | 'calls' | 'tokens'
  /** Grouped by these; empty for one total. */
  readonly by: readonly MetadataDimension[]
  /** One value of each of these is chosen first. */
  readonly within: readonly MetadataDimension[]
  /** Where the answer is a course over time. */
  readonly granularity?: 'day' | 'month'
}

/** A way to attribute usage: which tags there are, and what they can answer. Data, so that documents and screens can show it. */
export interface TaggingStrategy<Tags> {
  readonly name: string
  readonly title: string
  readonly description: string
  /** From the top down. Every level is asked for: a tag that is missing is missing in every answer. */
  readonly levels: readonly TaggingLevel<Extract<keyof Tags, string>>[]
  readonly questions: readonly TaggingQuestion[]
  /** The metadata for one event's tags. Not checked; see `checkMetadata`. */
  tag(tags: Tags): Metadata
}

/** Kinds of units with a known meaning. A provider's unit of another kind keeps the provider's name. */
export const UNIT_KINDS = [
  /** One search of the web by a tool, or by a search model. */
  'web_search',
  /** One page fetched by a tool. */
  'web_fetch',
  /** One prompt whose answer was grounded in search results, however many searches that took. */
  'grounded_prompt',
  /** One search or grounded prompt over a map service. */
  'maps_search',
  /** One search over the caller's own files. */
  'file_search',
  /** One second of a container that runs code. */
  'code_execution_second',
  /** One session of a tool or container, such as a code interpreter. */
  'session',
  /** One generated image. The variant is its quality and size, such as "medium-1024x1024". */
  'image',
  /** One second of audio, in or out. */
  'audio_second',
  /** One second of generated video. */
  'video_second',
  /** One character of text, such as the input of speech synthesis. */
  'character',
  /** One page of a document. */
  'page',
  /** One rerank search: a query with up to as many documents as the provider counts as one. */
  'rerank_search',
  /** One request. The variant is what its price depends on, such as a search context size. */
  'request',
] as const

/** Name of a kind of units. */
export type UnitKind = (typeof UNIT_KINDS)[number]

/** Something that a provider bills besides tokens. */
export interface UsageUnit {
  // `string & {}` keeps the known kinds in editors' suggestions.
  readonly kind: UnitKind | (string & {})
  /** Exact decimal as text. */
  readonly quantity: string
  /** What the price depends on, such as "low" for a search context size. */
  readonly variant?: string
}

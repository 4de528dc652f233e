/** Kinds of units with a known meaning. A provider's unit of another kind keeps the provider's name. */
export const UNIT_KINDS = [
  /** One search of the web by a tool, or by a search model. The variant is "preview" for OpenAI's earlier tool, "premium" for Mistral's. */
  'web_search',
  /** One prompt whose answer was grounded in a search of the web, however many searches that took. */
  'grounded_prompt',
  /** One search of a map service. */
  'maps_search',
  /** One search of a social network, such as X. */
  'social_search',
  /** One source that the live search of xAI's chat completions used. */
  'search_source',
  /** One search of the caller's own files. */
  'file_search',
  /** One search of the files that are attached to a message. */
  'attachment_search',
  /** One run of code by a tool. */
  'code_execution',
  /** One second of a container that runs code. */
  'code_execution_second',
  /** One session of a container that runs code. The variant is its memory, such as "4g", if it is not the smallest. */
  'session',
  /** One generated image. The variant is its quality and size, such as "medium-1024x1024". */
  'image',
  /** One second of audio, in or out. */
  'audio_second',
  /** One second of generated video. The variant is its size, such as "1280x720". */
  'video_second',
  /** One character of text, such as the input of speech synthesis. */
  'character',
  /** One pixel of an embedded image or video. */
  'pixel',
  /** One page of a document. The variant is "annotated" if the page was annotated too. */
  'page',
  /** One rerank search: a query with as many documents as the provider counts as one. */
  'rerank_search',
  /** One classified input. */
  'classification',
  /** One text message of a voice session. */
  'text_message',
  /** One request. The variant is what its price depends on, such as "low" for a search context size. */
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

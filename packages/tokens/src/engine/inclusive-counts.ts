/**
 * Counts as most providers report them: `input` and `output` are totals, all others are parts of them. Parts may overlap: a
 * cached audio token is in `cacheRead`, in `cacheReadAudio` and in `audioInput`.
 */
export interface InclusiveCounts {
  readonly input?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheReadAudio?: number | undefined
  readonly cacheReadImage?: number | undefined
  readonly cacheReadVideo?: number | undefined
  /** All cache writes. Those without a lifetime below count as 5-minute writes, the shortest. */
  readonly cacheWrite?: number | undefined
  readonly cacheWrite30m?: number | undefined
  readonly cacheWrite1h?: number | undefined
  readonly cacheWrite12h?: number | undefined
  readonly audioInput?: number | undefined
  readonly imageInput?: number | undefined
  readonly videoInput?: number | undefined
  readonly output?: number | undefined
  readonly reasoning?: number | undefined
  readonly audioOutput?: number | undefined
  readonly imageOutput?: number | undefined
  readonly videoOutput?: number | undefined
}

import { completeTokenUsage, type TokenUsage } from '../model/token-usage.ts'
import type { InclusiveCounts } from './inclusive-counts.ts'

/**
 * Converts totals and their parts to exclusive pools. Takes the parts out of their total one after the other; `input` and
 * `output` are the rest. A part never takes more than is left, so the pools always sum to the provider's totals or, if it
 * reported none, to the parts. The cache comes first: a cached audio token counts as cached.
 */
export function exclusivePools(counts: InclusiveCounts): TokenUsage {
  return completeTokenUsage({ ...inputPools(counts), ...outputPools(counts) })
}

function inputPools(counts: InclusiveCounts) {
  const { cacheReadAudio = 0, cacheReadImage = 0, cacheReadVideo = 0, cacheWrite30m = 0, cacheWrite1h = 0, cacheWrite12h = 0 } = counts
  const cacheRead = Math.max(counts.cacheRead ?? 0, cacheReadAudio + cacheReadImage + cacheReadVideo)
  const cacheWrite = Math.max(counts.cacheWrite ?? 0, cacheWrite30m + cacheWrite1h + cacheWrite12h)
  const audio = Math.max(0, (counts.audioInput ?? 0) - cacheReadAudio)
  const image = Math.max(0, (counts.imageInput ?? 0) - cacheReadImage)
  const video = Math.max(0, (counts.videoInput ?? 0) - cacheReadVideo)
  const total = new Total(counts.input ?? cacheRead + cacheWrite + audio + image + video)
  const read = new Total(total.take(cacheRead))
  const written = new Total(total.take(cacheWrite))
  return {
    cacheReadAudio: read.take(cacheReadAudio),
    cacheReadImage: read.take(cacheReadImage),
    cacheReadVideo: read.take(cacheReadVideo),
    cacheRead: read.left,
    cacheWrite12h: written.take(cacheWrite12h),
    cacheWrite1h: written.take(cacheWrite1h),
    cacheWrite30m: written.take(cacheWrite30m),
    cacheWrite5m: written.left,
    audioInput: total.take(audio),
    imageInput: total.take(image),
    videoInput: total.take(video),
    input: total.left,
  }
}

function outputPools({ output, reasoning = 0, audioOutput = 0, imageOutput = 0, videoOutput = 0 }: InclusiveCounts) {
  const total = new Total(output ?? reasoning + audioOutput + imageOutput + videoOutput)
  return {
    reasoning: total.take(reasoning),
    audioOutput: total.take(audioOutput),
    imageOutput: total.take(imageOutput),
    videoOutput: total.take(videoOutput),
    output: total.left,
  }
}

/** A number of tokens that parts are taken from. */
class Total {
  left: number

  constructor(tokens: number) {
    this.left = tokens
  }

  /** Takes a part, at most what is left. */
  take(part: number): number {
    const taken = Math.min(part, this.left)
    this.left -= taken
    return taken
  }
}

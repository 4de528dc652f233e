/** Fetches the files of a feed, within bounds of size and time. Throws `UnusableFeed` if it cannot. */
export interface FeedSource {
  /** Address of the manifest, for people. */
  readonly url: string
  /** Fetches the manifest; undefined if it is still the one with this tag. */
  manifest(etag: string | null): Promise<{ readonly text: string; readonly etag: string | null } | undefined>
  /** Fetches the file with this name in the directory of the manifest, of at most `maxBytes`. */
  list(name: string, maxBytes: number): Promise<Uint8Array>
}

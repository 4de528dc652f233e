/** Keeps archives outside the store. */
export interface ArchiveFiles {
  /** Writes a file from its lines, as a whole or not at all, and replaces one of this name. Resolves when it is durable, with its SHA-256 (hexadecimal). */
  write(name: string, lines: AsyncIterable<string>): Promise<string>
  /** Opens a file. Undefined if it does not exist. */
  open(name: string): Promise<ArchiveFile | undefined>
}

/** A file of an archive. */
export interface ArchiveFile {
  /** SHA-256 (hexadecimal) of its bytes. */
  readonly sha256: string
  lines(): AsyncIterable<string>
}

import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type FeedSource, MAX_MANIFEST_BYTES, UnusableFeed } from '@tollgate/pricing'
import { isAllowedRedirect } from './allowed-feed-url.ts'

/** Options of fetching a feed. */
export interface FetchFeedOptions {
  /** Address of the manifest. */
  readonly url: string
  /** Maximum duration of one file, with redirects. Defaults to 30,000. */
  readonly timeoutMs?: number
}

const MAX_REDIRECTS = 3
const NOT_MODIFIED = 304

/** Creates a source that fetches a price feed over https, from a file, or over http on the loopback address. */
export function fetchedFeed({ url, timeoutMs = 30_000 }: FetchFeedOptions): FeedSource {
  const address = new URL(url)
  const get = (file: URL, request: Omit<FileRequest, 'timeoutMs'>) =>
    file.protocol === 'file:' ? readLocalFile(file, request.maxBytes) : fetchFile(file, { ...request, timeoutMs })
  return {
    url,
    async manifest(etag) {
      const file = await get(address, { maxBytes: MAX_MANIFEST_BYTES, etag })
      return file && { text: new TextDecoder().decode(file.bytes), etag: file.etag }
    },
    async list(name, maxBytes) {
      const file = await get(new URL(name, address), { maxBytes, etag: null })
      if (file === undefined) throw new UnusableFeed('unreachable', `"${name}" was not sent.`)
      return file.bytes
    },
  }
}

interface FetchedFile {
  readonly bytes: Uint8Array
  readonly etag: string | null
}

interface FileRequest {
  readonly maxBytes: number
  /** Undefined is returned for a file that still has this tag. */
  readonly etag: string | null
  readonly timeoutMs: number
}

async function fetchFile(address: URL, { maxBytes, etag, timeoutMs }: FileRequest): Promise<FetchedFile | undefined> {
  const signal = AbortSignal.timeout(timeoutMs)
  const headers = { accept: 'application/json', 'user-agent': 'tollgate', ...(etag !== null && { 'if-none-match': etag }) }
  try {
    let at = address
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, { headers, signal, redirect: 'manual' })
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (location === null) return await readResponse(response, { at, maxBytes, asked: etag !== null })
      await response.body?.cancel()
      const next = URL.canParse(location, at) ? new URL(location, at) : undefined
      if (next === undefined || !isAllowedRedirect(at, next)) throw new UnusableFeed('unreachable', `${at.origin} redirects to an address that is not allowed.`)
      if (redirects === MAX_REDIRECTS) throw new UnusableFeed('unreachable', `${address.origin} redirects more than ${MAX_REDIRECTS} times.`)
      at = next
    }
  } catch (error) {
    if (error instanceof UnusableFeed) throw error
    const reason = signal.aborted ? `did not answer within ${timeoutMs / 1_000} seconds` : `cannot be reached: ${reasonOf(error)}`
    throw new UnusableFeed('unreachable', `${address.origin} ${reason}.`, { cause: error })
  }
}

async function readResponse(response: Response, { at, maxBytes, asked }: { at: URL; maxBytes: number; asked: boolean }): Promise<FetchedFile | undefined> {
  if (response.status === NOT_MODIFIED && asked) return undefined
  if (!response.ok) {
    await response.body?.cancel()
    throw new UnusableFeed('unreachable', `${at.origin} answered with status ${response.status}.`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  // Counted after decompression, so that a small response cannot become a large one. Leaving the loop cancels the response.
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return { bytes: Buffer.concat(chunks), etag: response.headers.get('etag') }
}

async function readLocalFile(address: URL, maxBytes: number): Promise<FetchedFile> {
  const path = fileURLToPath(address)
  try {
    await using file = await open(path)
    // One byte more, to notice a longer file. Its size is not asked for, because that of a device or pipe is unknown.
    const bytes = Buffer.alloc(maxBytes + 1)
    let size = 0
    for (let read = 1; read > 0 && size < bytes.length; size += read) read = (await file.read(bytes, size, bytes.length - size)).bytesRead
    if (size > maxBytes) throw tooLarge(maxBytes)
    return { bytes: bytes.subarray(0, size), etag: null }
  } catch (error) {
    if (error instanceof UnusableFeed) throw error
    throw new UnusableFeed('unreachable', `${path} cannot be read: ${reasonOf(error)}.`, { cause: error })
  }
}

function tooLarge(maxBytes: number): UnusableFeed {
  return new UnusableFeed('unreadable', `A file is larger than ${maxBytes.toLocaleString('en')} bytes.`)
}

/** Returns the message of the innermost error: `fetch` wraps the reason. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || error.name
}

import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Maximum length of a line. The longest line of an export has about 100 KiB. */
const MAX_LINE_LENGTH = 1_000_000

/** Reads the lines of a text file in UTF-8, compressed with gzip or not, as a stream. Only "\n" ends a line. */
export async function* readLines(path: string): AsyncGenerator<string, void, undefined> {
  await using file = await open(path)
  const gzip = await isGzip(file)
  const source = file.createReadStream({ start: 0, autoClose: false })
  const bytes: Readable = gzip ? source.pipe(forwardErrors(source, createGunzip())) : source
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE_LENGTH) throw new Error(`It has a line of more than ${MAX_LINE_LENGTH.toLocaleString('en')} characters.`)
      yield* lines
    }
    rest += decoder.decode()
  } finally {
    source.destroy()
  }
  if (rest !== '') yield rest
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(2), position: 0 })
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
}

function forwardErrors<Target extends Readable>(source: Readable, target: Target): Target {
  source.on('error', error => target.destroy(error))
  return target
}

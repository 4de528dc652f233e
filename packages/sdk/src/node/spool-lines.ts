import { crc32 } from 'node:zlib'
import type { SpooledEvent } from '../spool-store.ts'

/** Returns the line of an event: a checksum, and the event as JSON. */
export function toLine(spooled: SpooledEvent): string {
  const json = JSON.stringify(spooled)
  return `${checksum(json)} ${json}\n`
}

/**
 * Reads the events of a segment. A crash can leave the last line incomplete, or garbage after it. Such a line was never
 * acknowledged, and is left out.
 */
export function readLines(content: Buffer): { readonly index: number; readonly spooled: SpooledEvent }[] {
  return content
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) => {
      const json = line.slice(9)
      return json !== '' && line.startsWith(`${checksum(json)} `) ? [{ index, spooled: JSON.parse(json) as SpooledEvent }] : []
    })
}

const checksum = (json: string) => crc32(json).toString(16).padStart(8, '0')

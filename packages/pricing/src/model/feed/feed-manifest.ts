import { Temporal } from '@tollgate/kernel'
import { UnusableFeed } from './feed-state.ts'
import { parseFeedObject } from './parse-feed-object.ts'

/** What a manifest says about a list, without the signature. */
export interface FeedContents {
  /** Grows with every list. */
  readonly version: number
  /** When the prices were checked. */
  readonly date: Temporal.Instant
  /** Name of the file of the list, in the directory of the manifest. */
  readonly list: string
  readonly sha256: string
  readonly bytes: number
}

/** A manifest of a price feed. */
export interface FeedManifest extends FeedContents {
  /** Ed25519, in base64. */
  readonly signature: string
}

/** The format of manifests and lists that this version reads and writes. */
export const FEED_FORMAT = 1
/** Maximum size of a manifest. */
export const MAX_MANIFEST_BYTES = 16 * 1024
/** Maximum size of a list. The bundled one has about 2 MB. */
export const MAX_LIST_BYTES = 32 * 1024 * 1024

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const SHA256 = /^[0-9a-f]{64}$/
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/

/** Returns the text that a signature signs. Its first line keeps signatures for other purposes from being used here. */
export function signedText({ version, date, list, sha256, bytes }: FeedContents): string {
  return [`tollgate price feed ${FEED_FORMAT}`, version, date.toString(), list, sha256, bytes, ''].join('\n')
}

/** Formats a manifest as the text of its file. */
export function writeManifest({ version, date, list, sha256, bytes, signature }: FeedManifest): string {
  return `${JSON.stringify({ format: FEED_FORMAT, version, date: date.toString(), list, sha256, bytes, signature }, undefined, 2)}\n`
}

/** Reads the text of a manifest. Throws `UnusableFeed`. */
export function readManifest(text: string): FeedManifest {
  const fields = parseFeedObject(text, unreadable)
  const { format, version, date, list, sha256, bytes, signature } = fields
  if (format !== FEED_FORMAT) throw unreadable(`its format is ${JSON.stringify(format)}, and this version of Tollgate reads ${FEED_FORMAT}`)
  if (!isCount(version)) throw unreadable('"version" is not a positive whole number')
  if (typeof date !== 'string' || !isInstant(date)) throw unreadable('"date" is not a time, such as 2026-11-26T00:00:00Z')
  if (typeof list !== 'string' || !FILE_NAME.test(list)) throw unreadable('"list" is not the name of a file in the same directory')
  if (typeof sha256 !== 'string' || !SHA256.test(sha256)) throw unreadable('"sha256" is not a hash')
  if (!isCount(bytes) || bytes > MAX_LIST_BYTES) throw unreadable(`"bytes" is not a size up to ${MAX_LIST_BYTES}`)
  if (typeof signature !== 'string' || !SIGNATURE.test(signature)) throw new UnusableFeed('bad_signature', 'The manifest has no signature.')
  return { version, date: Temporal.Instant.from(date), list, sha256, bytes, signature }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

/** Whether a time is in the one form that `signedText` writes. */
function isInstant(text: string): boolean {
  try {
    return Temporal.Instant.from(text).toString() === text
  } catch {
    return false
  }
}

function unreadable(reason: string, cause?: unknown): UnusableFeed {
  return new UnusableFeed('unreadable', `The manifest cannot be read: ${reason}.`, { cause })
}

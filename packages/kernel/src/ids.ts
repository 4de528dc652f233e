/** The source of ids. A port, so that tests can predict them. */
export interface IdSource {
  /**
   * Returns a UUIDv7 whose leading 48 bits are `epochMilliseconds`, so that ids sort by time. Within a millisecond,
   * their order is random. Throws `RangeError` for a time before 1970.
   */
  uuidV7(epochMilliseconds: number): string
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const POOL_BYTES = 4096

/** Creates random ids (RFC 9562, section 5.7), from the cryptographic randomness of the platform. */
export function randomIds(): IdSource {
  // Fetches randomness in blocks, because a call per id would cost more than the id.
  const pool = new Uint8Array(POOL_BYTES)
  let used = POOL_BYTES
  return {
    uuidV7(epochMilliseconds) {
      if (used + 10 > POOL_BYTES) {
        crypto.getRandomValues(pool)
        used = 0
      }
      const random = pool.subarray(used, used + 10)
      used += 10
      return formatUuidV7(epochMilliseconds, random)
    },
  }
}

/** Creates ids that count up from 1: the same calls return the same ids. For tests and examples. */
export function countingIds(): IdSource {
  let count = 0
  return {
    uuidV7(epochMilliseconds) {
      count += 1
      const bytes = new Uint8Array(10)
      new DataView(bytes.buffer).setUint32(6, count)
      return formatUuidV7(epochMilliseconds, bytes)
    },
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Whether the text is a UUID of any version in canonical form: lower case, with hyphens. PostgreSQL fails on any other text. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** Whether the text is a UUIDv7 in canonical form: lower case, with hyphens. Check every id that comes from outside. */
export function isUuidV7(text: string): boolean {
  return UUID_V7.test(text)
}

/** Returns the milliseconds since 1970 of a UUIDv7. */
export function uuidV7Milliseconds(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
}

const MAX_MILLISECONDS = 2 ** 48 - 1

function formatUuidV7(epochMilliseconds: number, random: Uint8Array): string {
  if (!(epochMilliseconds >= 0 && epochMilliseconds <= MAX_MILLISECONDS)) {
    throw new RangeError(`A UUIDv7 can hold times from 1970 to 10889, not ${epochMilliseconds} ms`)
  }
  const time = Math.trunc(epochMilliseconds).toString(16).padStart(12, '0')
  const hex = (index: number) => HEX[random[index] ?? 0] ?? '00'
  const version = HEX[0x70 | ((random[0] ?? 0) & 0x0f)] ?? '70'
  const variant = HEX[0x80 | ((random[2] ?? 0) & 0x3f)] ?? '80'
  const tail = hex(4) + hex(5) + hex(6) + hex(7) + hex(8) + hex(9)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${hex(1)}-${variant}${hex(3)}-${tail}`
}

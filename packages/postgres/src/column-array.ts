import type { Decimal, Temporal } from '@tollgate/kernel'
import { toEpochMicroseconds } from './timestamps.ts'

/**
 * The columns of a batch as PostgreSQL arrays, for `unnest`, in the binary format of `array_send`. A batch has tens of
 * columns of thousands of values: writing and reading them as text costs both sides twice the time.
 */
type Nullable<Value> = readonly (Value | null)[]

// From pg_type; the same in all versions.
const BOOL = 16
const BYTEA = 17
const INT8 = 20
const INT2 = 21
const INT4 = 23
const TEXT = 25
const JSON_TYPE = 114
const TIMESTAMPTZ = 1184
const UUID = 2950
const JSONB = 3802

/** Where the two digits of each byte of a canonical UUID are. */
const UUID_BYTES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
const UUID_CHARACTERS = 36

/** Larger than any digit, with a bit that digits do not have. */
const NO_DIGIT = 128

/** Values of hexadecimal digits, by character code. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT)
for (let digit = 0; digit < 16; digit += 1) {
  const text = digit.toString(16)
  DIGITS[text.charCodeAt(0)] = digit
  DIGITS[text.toUpperCase().charCodeAt(0)] = digit
}

const HEADER_BYTES = 20
const TYPE_OFFSET = 8
const NULL_LENGTH = -1
const NULL_LENGTH_HEX = 'ffffffff'
const TWO_TO_32 = 4_294_967_296

/** PostgreSQL counts time from 2000-01-01. */
const EPOCH_2000_MICROSECONDS = 946_684_800_000_000

/** PostgreSQL's first day is 4713-11-24 BC; Temporal's is earlier. */
const FIRST_MICROSECOND = -211_813_488_000_000_000

/** A column without a value in the whole batch: `unnest` pads shorter arrays with nulls. */
export const NO_VALUES = '{}'

/** Encodes `text[]`. */
export function textArray(values: Nullable<string>): Buffer {
  let bytes = HEADER_BYTES
  // UTF-8 takes at most three bytes for each unit of a JavaScript string.
  for (const value of values) bytes += 4 + (value === null ? 0 : value.length * 3)
  const buffer = openArray(TEXT, values.length, bytes)
  let at = HEADER_BYTES
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(NULL_LENGTH, at)
    } else {
      const written = buffer.write(value, at + 4)
      buffer.writeInt32BE(written, at)
      at += 4 + written
    }
  }
  return buffer.subarray(0, at)
}

/** Encodes `uuid[]` from canonical texts. Throws `RangeError` for any other text. */
export function uuidArray(values: Nullable<string>): Buffer {
  // Digit by digit into the buffer: half the time of `hexadecimalArray`, and batches have several columns of ids.
  return fixedArray(UUID, UUID_BYTES.length, values, (buffer, value, at) => {
    let digits = 0
    for (let byte = 0; byte < UUID_BYTES.length; byte += 1) {
      const from = UUID_BYTES[byte] ?? 0
      const [high, low] = [DIGITS[value.charCodeAt(from)] ?? NO_DIGIT, DIGITS[value.charCodeAt(from + 1)] ?? NO_DIGIT]
      digits |= high | low
      buffer[at + byte] = (high << 4) | low
    }
    if (digits >= NO_DIGIT || value.length !== UUID_CHARACTERS) throw new RangeError(`"${value}" is not a UUID`)
  })
}

/** Encodes `bytea[]` from hexadecimal texts. */
export function bytesArray(values: Nullable<string>): Buffer {
  return hexadecimalArray(BYTEA, values)
}

/** Encodes `bigint[]` from integers. */
export function bigintArray(values: Nullable<number | bigint>): Buffer {
  return fixedArray(INT8, 8, values, (buffer, value, at) => {
    if (typeof value === 'bigint') buffer.writeBigInt64BE(value, at)
    else writeInt64(buffer, value, at)
  })
}

/** Encodes `integer[]`. */
export function integerArray(values: Nullable<number>): Buffer {
  return fixedArray(INT4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at))
}

/** Encodes `smallint[]`. */
export function smallintArray(values: Nullable<number>): Buffer {
  return fixedArray(INT2, 2, values, (buffer, value, at) => buffer.writeInt16BE(value, at))
}

/** Encodes `json[]`. Its binary format is the text. */
export function jsonArray(values: readonly unknown[]): Buffer {
  const buffer = textArray(values.map(value => (value === null ? null : JSON.stringify(value))))
  buffer.writeInt32BE(JSON_TYPE, TYPE_OFFSET)
  return buffer
}

/** Encodes `jsonb[]`. Its binary format is a version byte and the text. */
export function jsonbArray(values: readonly unknown[]): Buffer {
  const buffer = textArray(values.map(value => (value === null ? null : `\u0001${JSON.stringify(value)}`)))
  buffer.writeInt32BE(JSONB, TYPE_OFFSET)
  return buffer
}

/** Encodes `boolean[]`. */
export function booleanArray(values: Nullable<boolean>): Buffer {
  return fixedArray(BOOL, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at))
}

/**
 * Encodes `timestamptz[]` from instants, rounded down to microseconds, or from microseconds since 1970. A time before
 * PostgreSQL's first day becomes its first day.
 */
export function timestampArray(values: Nullable<Temporal.Instant | number>): Buffer {
  // The rows of a batch often share one instant, which is converted once.
  let last: Temporal.Instant | undefined
  let lastMicroseconds = 0
  return fixedArray(TIMESTAMPTZ, 8, values, (buffer, value, at) => {
    let microseconds: number
    if (typeof value === 'number') {
      microseconds = value
    } else {
      if (value !== last) {
        last = value
        lastMicroseconds = toEpochMicroseconds(value)
      }
      microseconds = lastMicroseconds
    }
    writeInt64(buffer, Math.max(microseconds - EPOCH_2000_MICROSECONDS, FIRST_MICROSECOND), at)
  })
}

/** Encodes `numeric[]` as text: its binary format would have to be computed digit by digit. */
export function numericArray(values: Nullable<Decimal>): string {
  return `{${values.map(value => value?.toFixed() ?? 'NULL').join()}}`
}

function fixedArray<Value>(type: number, bytes: number, values: Nullable<Value>, write: (buffer: Buffer, value: Value, at: number) => void): Buffer {
  const buffer = openArray(type, values.length, HEADER_BYTES + values.length * (4 + bytes))
  let at = HEADER_BYTES
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(NULL_LENGTH, at)
    } else {
      at = buffer.writeInt32BE(bytes, at)
      write(buffer, value, at)
      at += bytes
    }
  }
  return buffer.subarray(0, at)
}

/** Joins lengths and values into one text and decodes it at once: one by one takes several times as long. */
function hexadecimalArray(type: number, values: Nullable<string>): Buffer {
  let digits = -1
  let header = ''
  const hex = values
    .map(value => {
      if (value === null) return NULL_LENGTH_HEX
      if (value.length !== digits) {
        digits = value.length
        header = (value.replaceAll('-', '').length / 2).toString(16).padStart(8, '0')
      }
      return header + value
    })
    .join('')
    .replaceAll('-', '')
  const buffer = openArray(type, values.length, HEADER_BYTES + hex.length / 2)
  buffer.write(hex, HEADER_BYTES, 'hex')
  return buffer
}

/** Writes the header: one dimension, "may hold nulls", the type, the length, indexes from 1. */
function openArray(type: number, length: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes)
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(1, 4)
  buffer.writeInt32BE(type, TYPE_OFFSET)
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
  return buffer
}

/** Faster than through a BigInt; exact for every safe integer. */
function writeInt64(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / TWO_TO_32)
  buffer.writeInt32BE(high, at)
  buffer.writeUInt32BE(value - high * TWO_TO_32, at + 4)
}

/**
 * Columns of a batch as PostgreSQL arrays, for `unnest`, in the binary format of `array_send`. Binary because a batch
 * has tens of columns of thousands of values: writing them as text, and reading that, costs both sides twice the time.
 */
type Nullable<Value> = readonly (Value | null)[]

// From pg_type; fixed for all versions.
const BOOL = 16
const BYTEA = 17
const INT8 = 20
const INT2 = 21
const INT4 = 23
const TEXT = 25
const TIMESTAMPTZ = 1184
const UUID = 2950
const JSONB = 3802

const HEADER_BYTES = 20
const NULL_LENGTH = -1
const TWO_TO_32 = 4_294_967_296

/** PostgreSQL counts time from 2000-01-01. */
const EPOCH_2000_MICROSECONDS = 946_684_800_000_000

/** PostgreSQL's first day is 4713-11-24 BC; Temporal's is earlier. */
const FIRST_MICROSECOND = -211_813_488_000_000_000

/** `text[]`. */
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

/** `uuid[]`, of canonical texts. */
export function uuidArray(values: readonly string[]): Buffer {
  return hexadecimalArray(UUID, 16, values)
}

/** `bytea[]` of values of `bytes` bytes each, of hexadecimal texts. */
export function bytesArray(bytes: number, values: readonly string[]): Buffer {
  return hexadecimalArray(BYTEA, bytes, values)
}

/** `bigint[]`, of whole numbers. */
export function bigintArray(values: Nullable<number | bigint>): Buffer {
  return fixedArray(INT8, 8, values, (buffer, value, at) => {
    if (typeof value === 'bigint') buffer.writeBigInt64BE(value, at)
    else writeInt64(buffer, value, at)
  })
}

/** `integer[]`. */
export function integerArray(values: Nullable<number>): Buffer {
  return fixedArray(INT4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at))
}

/** `smallint[]`. */
export function smallintArray(values: Nullable<number>): Buffer {
  return fixedArray(INT2, 2, values, (buffer, value, at) => buffer.writeInt16BE(value, at))
}

/** `jsonb[]`, of JSON texts. Its binary format is the text behind a version byte. */
export function jsonbArray(values: Nullable<string>): Buffer {
  const version = '\u0001'
  const buffer = textArray(values.map(value => (value === null ? null : version + value)))
  buffer.writeInt32BE(JSONB, 8)
  return buffer
}

/** `boolean[]`. */
export function booleanArray(values: readonly boolean[]): Buffer {
  return fixedArray(BOOL, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at))
}

/** `timestamptz[]`, of microseconds since 1970; what is before PostgreSQL's first day becomes its first day. */
export function timestampArray(values: Nullable<number>): Buffer {
  return fixedArray(TIMESTAMPTZ, 8, values, (buffer, value, at) => writeInt64(buffer, Math.max(value - EPOCH_2000_MICROSECONDS, FIRST_MICROSECOND), at))
}

/** `numeric[]`, of plain numerals. As text: its binary format would have to be computed digit by digit. */
export function numericArray(values: Nullable<string>): string {
  return `{${values.map(value => value ?? 'NULL').join()}}`
}

/** A column without a value in the whole batch: `unnest` fills up shorter arrays with nulls. */
export const NO_VALUES = '{}'

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

/** Lengths and values are put together as one text and decoded at once: one by one would take several times as long. */
function hexadecimalArray(type: number, bytes: number, values: readonly string[]): Buffer {
  const length = bytes.toString(16).padStart(8, '0')
  const buffer = openArray(type, values.length, HEADER_BYTES + values.length * (4 + bytes))
  buffer.write(
    values
      .map(value => length + value)
      .join('')
      .replaceAll('-', ''),
    HEADER_BYTES,
    'hex',
  )
  return buffer
}

/** One dimension, "may hold nulls", the type, the length, counted from 1. */
function openArray(type: number, length: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes)
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(1, 4)
  buffer.writeInt32BE(type, 8)
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

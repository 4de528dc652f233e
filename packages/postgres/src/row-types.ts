import { type CustomTypesConfig, types } from 'pg'

const TEXT_ARRAY = 1009

/** `bigint`, `numeric`, `date`, `timestamp`, `timestamptz` and `interval` lose digits in JavaScript, so they stay texts. */
const AS_TEXT: ReadonlySet<number> = new Set([20, 1700, 1082, 1114, 1184, 1186])
/** Arrays of the last four. */
const AS_TEXTS: ReadonlySet<number> = new Set([1182, 1115, 1185, 1187])

const asText = (text: string) => text

/** The parsers of `pg`. Its types know only some of the numbers of types. */
const parsers = types as { getTypeParser(oid: number, format?: string): unknown }

function rowParser(oid: number, format?: string): unknown {
  if (AS_TEXT.has(oid)) return asText
  return AS_TEXTS.has(oid) ? parsers.getTypeParser(TEXT_ARRAY) : parsers.getTypeParser(oid, format)
}

/** How values of rows are read, whatever the types of a pool are that another program configured. */
export const ROW_TYPES = { getTypeParser: rowParser } as CustomTypesConfig

import { createReadStream } from 'node:fs'
import { DomainError, parseInstant, type Temporal } from '@tollgate/kernel'
import { CsvError, parse } from 'csv-parse'

/** One request of a recorded trace. */
export interface TraceRow {
  /** Row number, starting at 1 after the header. */
  readonly row: number
  readonly occurredAt: Temporal.Instant
  readonly inputTokens: number
  readonly outputTokens: number
}

/** The file is not a trace; the message names the row. */
export class UnreadableTrace extends DomainError<'UNREADABLE_TRACE'> {
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super('UNREADABLE_TRACE', `${file} cannot be read as a trace: ${reason}.`, options)
  }
}

const COLUMNS = ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'] as const
type Column = (typeof COLUMNS)[number]

/**
 * Reads a CSV file with the columns TIMESTAMP (UTC unless it has an offset), ContextTokens and GeneratedTokens, row by
 * row: the format of Microsoft's AzurePublicDataset. Throws `UnreadableTrace`.
 */
export async function* readTrace(file: string): AsyncGenerator<TraceRow> {
  const records = createReadStream(file).compose(parse({ columns: header => checkHeader(file, header), bom: true, trim: true, skip_empty_lines: true }))
  let row = 0
  try {
    for await (const record of records as AsyncIterable<Record<Column, string>>) {
      row += 1
      yield readRow(file, row, record)
    }
  } catch (error) {
    throw asUnreadable(file, error)
  }
  if (row === 0) throw new UnreadableTrace(file, 'it has no rows')
}

function readRow(file: string, row: number, record: Record<Column, string>): TraceRow {
  const occurredAt = parseInstant(/[Zz]$|[+-]\d{2}:\d{2}$/.test(record.TIMESTAMP) ? record.TIMESTAMP : `${record.TIMESTAMP}Z`)
  if (occurredAt === undefined) throw new UnreadableTrace(file, `row ${row} has the TIMESTAMP "${record.TIMESTAMP}", which is not a time`)
  const tokens = (column: Column) => {
    if (!/^\d{1,15}$/.test(record[column])) throw new UnreadableTrace(file, `row ${row} has the ${column} "${record[column]}", which is not a number of tokens`)
    return Number(record[column])
  }
  return { row, occurredAt, inputTokens: tokens('ContextTokens'), outputTokens: tokens('GeneratedTokens') }
}

function checkHeader(file: string, header: readonly string[]): string[] {
  const missing = COLUMNS.filter(column => !header.includes(column))
  if (missing.length > 0) throw new UnreadableTrace(file, `its header lacks ${missing.join(', ')}`)
  return [...header]
}

function asUnreadable(file: string, error: unknown): unknown {
  if (error instanceof CsvError) return new UnreadableTrace(file, error.message, { cause: error })
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new UnreadableTrace(file, 'the file does not exist', { cause: error })
    case 'EACCES':
      return new UnreadableTrace(file, 'permission denied', { cause: error })
    case 'EISDIR':
      return new UnreadableTrace(file, 'it is a directory', { cause: error })
    default:
      return error
  }
}

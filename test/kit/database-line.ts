import { openTcpLine, type TcpLine } from './tcp-line.ts'

/** A line to a database that can be disturbed for one of several processes. */
export interface DatabaseLine extends TcpLine {
  /** URL of the database through this line. */
  readonly url: string
}

/** Opens a line to the database of a URL. */
export async function openDatabaseLine(databaseUrl: string): Promise<DatabaseLine> {
  const url = new URL(databaseUrl)
  const target = { host: url.hostname, port: Number(url.port) }
  const line = await openTcpLine({ host: target.host, port: () => target.port })
  url.host = `127.0.0.1:${line.port}`
  return { ...line, url: url.href }
}

import { pgDump } from '@electric-sql/pglite-tools/pg_dump'
import { openServerLine } from './server-line.ts'

/** Dumps a database with pg_dump, as SQL. That of npm is WebAssembly: it comes without a socket, and gets one here. */
export async function dumpDatabase(
  url: string,
  { args = [], options = '' }: { readonly args?: readonly string[]; readonly options?: string } = {},
): Promise<string> {
  const { username, password, pathname } = new URL(url)
  await using line = openServerLine(new URL(url))
  const pg = {
    query: async () => ({ rows: [{ search_path: 'public' }] }),
    exec: async () => [],
    execProtocolRawStream: (messages: Uint8Array, { onRawData }: { onRawData: (bytes: Uint8Array) => void }) => onRawData(line.exchange(messages)),
  }
  const parameters = { user: username, password, dbname: pathname.slice(1), options, sslmode: 'disable', gssencmode: 'disable' }
  const connection = Object.entries(parameters).flatMap(([name, value]) =>
    value === '' ? [] : `${name}='${decodeURIComponent(value).replaceAll("'", String.raw`\'`)}'`,
  )
  const dump = await pgDump({ pg: pg as never, args: [...args, '--dbname', connection.join(' ')] })
  return await dump.text()
}

/** Returns the seconds of CPU time that a server has used since it started, by its own metrics. */
export async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  const used = /^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]
  if (used === undefined) throw new Error('The server does not report its CPU time.')
  return Number(used)
}

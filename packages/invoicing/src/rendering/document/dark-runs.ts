/** Returns where dark modules follow each other: a rectangle for each leaves no gaps between them. */
export function darkRuns(modules: readonly boolean[]): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const [position, dark] of modules.entries()) {
    const last = runs.at(-1)
    if (!dark) continue
    if (last?.to === position) last.to = position + 1
    else runs.push({ from: position, to: position + 1 })
  }
  return runs
}

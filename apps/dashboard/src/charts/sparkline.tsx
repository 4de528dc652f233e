/** The course of a value in a few pixels. Says nothing to screen readers: the value beside it does. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.filter(value => value !== null)
  if (known.length < 2) return null
  const max = Math.max(...known)
  const min = Math.min(0, ...known)
  const [width, height] = [72, 20]
  const x = (at: number) => (at / (values.length - 1)) * width
  const y = (value: number) => height - 1 - ((value - min) / (max - min || 1)) * (height - 2)
  let path = ''
  for (const [at, value] of values.entries()) {
    if (value === null) continue
    const isStart = path === '' || values[at - 1] === null
    path += `${isStart ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
  }
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="shrink-0 text-accent">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  )
}

import { formatAmount } from '../../ui/format.ts'

export interface BeforeAfterProps {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
  readonly difference: string | null
  readonly currency: string
}

/** Two amounts as bars, and their difference. */
export function BeforeAfter({ label, before, after, difference, currency }: BeforeAfterProps) {
  const most = Math.max(Number(before ?? 0), Number(after ?? 0)) || 1
  const bar = (name: string, amount: string | null, color: string) => (
    <div className="flex items-center gap-3">
      <span className="w-20 shrink-0 text-muted">{name}</span>
      <div className="h-5 min-w-0 flex-1 rounded bg-sunken">
        <div className={`h-full rounded ${color}`} style={{ width: `${(Math.max(0, Number(amount ?? 0)) / most) * 100}%` }} />
      </div>
      <span className="w-24 shrink-0 text-right tabular-nums">{formatAmount(amount, currency)}</span>
    </div>
  )
  return (
    <figure className="flex flex-col gap-1.5">
      <figcaption className="flex flex-wrap justify-between gap-2">
        <span className="font-medium">{label}</span>
        {difference !== null && <strong>{`${difference.startsWith('-') ? '' : '+'}${formatAmount(difference, currency)}`}</strong>}
      </figcaption>
      {bar('Now', before, 'bg-muted')}
      {bar('Simulated', after, 'bg-accent')}
    </figure>
  )
}

import { classNames } from './class-names.ts'

/** How much of a limit is used, as a bar. Says it in words too, so that it does not depend on color. */
export function Meter({ label, percent }: { readonly label: string; readonly percent: number }) {
  const tone = percent >= 100 ? 'bg-bad' : percent >= 80 ? 'bg-warn' : 'bg-accent'
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={Math.min(percent, 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${percent.toFixed(0)} %`}
      className="flex items-center gap-2"
    >
      <div className="h-2 min-w-16 flex-1 overflow-hidden rounded-full bg-sunken">
        <div className={classNames('h-full rounded-full', tone)} style={{ width: `${Math.min(percent, 100)}%` }} />
      </div>
      <span className={classNames('w-12 text-right text-xs tabular-nums', percent >= 100 ? 'text-bad' : percent >= 80 ? 'text-warn' : 'text-muted')}>
        {percent.toFixed(0)} %
      </span>
    </div>
  )
}

import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export interface CardProps {
  readonly title?: ReactNode
  /** Beside the title, such as a choice or a button. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A part of a page, with a title. */
export function Card({ title, actions, children, className }: CardProps) {
  const id = useId()
  return (
    <section aria-labelledby={title === undefined ? undefined : id} className={classNames('min-w-0 rounded-lg border border-line bg-raised p-4', className)}>
      {title !== undefined && (
        <header className="mb-3 flex flex-wrap items-center justify-between gap-2">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}

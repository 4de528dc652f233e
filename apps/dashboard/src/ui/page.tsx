import { type ReactNode, useEffect } from 'react'

export interface PageProps {
  readonly title: string
  /** One sentence under the title. */
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page: its title, which the tab shows too, and what can be done on it. */
export function Page({ title, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tollgate`
  }, [title])
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1400px] min-w-0 flex-1 p-4 outline-none md:p-6">
      <header className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-[1_1_20rem]">
          <h1 className="text-xl font-semibold break-words">{title}</h1>
          {about !== undefined && <p className="mt-0.5 max-w-4xl text-muted">{about}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className="flex flex-col gap-4">{children}</div>
    </main>
  )
}

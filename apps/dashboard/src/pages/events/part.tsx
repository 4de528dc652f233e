import type { ReactNode } from 'react'

/** A titled part of what is known of an event. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-2 border-b border-line pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

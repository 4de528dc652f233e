import type { ComponentType } from 'react'
import type { PageAbout } from './page-about.ts'

/** Loads a page when it is first visited. Each `page.tsx` exports it as `Page`. */
export type LoadPage = () => Promise<{ readonly Page: ComponentType }>

const abouts = import.meta.glob<{ readonly about: PageAbout }>('../pages/*/about.ts', { eager: true })
const loads = import.meta.glob<{ readonly Page: ComponentType }>('../pages/*/page.tsx')

/** Every page, in the order of the navigation. */
export const PAGES: readonly (PageAbout & { readonly load: LoadPage })[] = Object.entries(abouts)
  .map(([file, { about }]) => {
    const load = loads[file.replace('about.ts', 'page.tsx')]
    if (load === undefined) throw new Error(`${file} has no page.tsx beside it.`)
    return { ...about, load }
  })
  .sort((one, other) => one.order - other.order)

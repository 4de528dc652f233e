import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/explore', title: 'Explore', group: 'Usage', order: 20, scope: 'usage:read' }

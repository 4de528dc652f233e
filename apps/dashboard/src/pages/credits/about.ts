import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/credits', title: 'Credits', group: 'Limits and prices', order: 56, scope: 'credits:read' }

/** How a page is looked at. */
export interface Look {
  readonly name: string
  readonly theme: 'light' | 'dark'
  readonly size: { readonly width: number; readonly height: number }
}

/** Both themes, and a phone. */
export const LOOKS = {
  light: { name: 'light', theme: 'light', size: { width: 1_280, height: 800 } },
  dark: { name: 'dark', theme: 'dark', size: { width: 1_280, height: 800 } },
  phone: { name: 'phone', theme: 'light', size: { width: 390, height: 800 } },
} as const satisfies Record<string, Look>

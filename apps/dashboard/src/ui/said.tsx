/** Says that something was done, also to screen readers. */
export function Said({ text }: { readonly text: string | undefined }) {
  return (
    <p role="status" aria-live="polite" className={text === undefined ? 'sr-only' : 'rounded-md bg-good-soft px-3 py-2 text-good'}>
      {text}
    </p>
  )
}

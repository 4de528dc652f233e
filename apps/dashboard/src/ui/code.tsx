import { CopyButton } from './copy-button.tsx'

/** Text to paste somewhere else, with a button that copies it. */
export function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="relative">
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs leading-relaxed sm:pr-20">
        {text}
      </pre>
      <div className="mt-1 flex justify-end sm:absolute sm:top-2 sm:right-2 sm:mt-0">
        <CopyButton text={text} />
      </div>
    </div>
  )
}

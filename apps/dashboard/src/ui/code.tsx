import { CopyButton } from './copy-button.tsx'

/** Text to paste somewhere else, with a button that copies it. */
export function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="relative">
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto rounded-md bg-sunken p-3 pr-20 font-mono text-xs leading-relaxed">
        {text}
      </pre>
      <div className="absolute top-2 right-2">
        <CopyButton text={text} />
      </div>
    </div>
  )
}

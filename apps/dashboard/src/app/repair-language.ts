import { knownLanguage } from '../ui/known-language.ts'

// Libraries hand the language of the browser to `Intl` as they load, which throws if it knows no such language: uPlot does.
// So this is the first import of the page.
const language = knownLanguage(navigator.language)
if (language !== navigator.language) Object.defineProperty(navigator, 'language', { value: language, configurable: true })

import { describeReadings } from '../../testing/describe-readings.ts'

const MISTRAL = ['mistral', 'azure', 'vertex']

describeReadings("Mistral's document reading", [
  {
    name: 'bills pages',
    source: 'Mistral API, OCR: usage_info.pages_processed',
    providers: MISTRAL,
    response: { model: 'mistral-ocr-2512', pages: [], document_annotation: null, usage_info: { pages_processed: 29, doc_size_bytes: 3_002_783 } },
    units: ['page 29'],
  },
  {
    name: 'bills annotated pages apart',
    source: 'Mistral, Pricing: OCR $2, with annotations $3 per 1,000 pages',
    providers: MISTRAL,
    response: { model: 'mistral-ocr-2512', pages: [], document_annotation: '{}', usage_info: { pages_processed: 29 } },
    units: ['page/annotated 29'],
  },
  {
    name: 'bills annotated pages apart, if the caller says that they are',
    source: 'annotations of images are in no field of the whole document',
    providers: MISTRAL,
    apiFlavor: 'ocr_annotated',
    response: { model: 'mistral-ocr-2512', usage_info: { pages_processed: 29 } },
    units: ['page/annotated 29'],
  },
  {
    name: 'is in camel case in its SDK for TypeScript',
    source: 'mistralai for TypeScript: usageInfo.pagesProcessed',
    providers: ['mistral'],
    response: { model: 'mistral-ocr-2512', usageInfo: { pagesProcessed: 3 } },
    units: ['page 3'],
  },
])

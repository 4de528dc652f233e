import type { MeteredApi } from '../meter-client.ts'
import type { StreamReader } from '../meter-stream.ts'

interface ImageEvent {
  readonly type?: string
}

const isCompleted = ({ type }: ImageEvent) => type === 'image_generation.completed' || type === 'image_edit.completed'

const imageEvents: StreamReader<ImageEvent> = { output: () => '', hasUsage: isCompleted, isFinal: isCompleted }

/** Images, generated or edited. */
export const imagesApi: MeteredApi = { operation: 'image_generation', apiFlavor: 'images', stream: imageEvents, output: () => '' }

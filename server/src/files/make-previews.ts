import type { PreviewFields } from './file-info.ts'
import { noPreview, sizeOnly } from './file-info.ts'
import type { FileStore } from './file-store.ts'
import { fileError } from './files.errors.ts'
import type { ImageInput } from './image-probe.ts'
import { ImageError } from './image-runner.ts'
import type { ImageFacts, Images } from './images.ts'
import { isPreviewable, mimeType } from './mime.ts'
import { fileExtension, previewPath, thumbnailPath } from './paths.ts'

/** `onFailure` hears why an image got no preview (a WARN for the log, never an answer to the sender). */
type Context = { store: FileStore; images: Images; onFailure?: (error: unknown) => void }

/**
 * Makes preview, thumbnail and mini preview of a stored file beside it and answers the fields for its row. Trouble with the
 * picture or the disk never fails the upload: the file then has no preview. The one error is Mattermost's 400 for an
 * image above MaxImageResolution; the caller then removes the file. `name` as in `fileName`.
 */
export async function makePreviews(context: Context, file: { path: string; name: string }): Promise<PreviewFields> {
  if (!isPreviewable(mimeType(fileExtension(file.name)))) return noPreview
  let facts: ImageFacts | null = null
  try {
    return await context.store.onDisk(file.path, async (input) => {
      facts = await context.images.describe(input)
      return storePreviews(context, file.path, input, facts)
    })
  } catch (error) {
    if (error instanceof ImageError && error.reason === 'too_large' && error.header && !facts) {
      const { width, height } = error.header
      throw fileError('api.file.upload_file.large_image_detailed.app_error', {
        Filename: file.name,
        Width: width,
        Height: height,
      })
    }
    context.onFailure?.(error)
    return facts ? sizeOnly(facts) : noPreview
  }
}

async function storePreviews(
  context: Context,
  path: string,
  input: ImageInput,
  facts: ImageFacts,
): Promise<PreviewFields> {
  const { store, images } = context
  const made = await images.previews(input)
  const preview = made.preview ? previewPath(path, made.type) : ''
  const thumbnail = thumbnailPath(path, made.type)
  try {
    await store.write(thumbnail, made.thumbnail)
    if (made.preview) await store.write(preview, made.preview)
  } catch (error) {
    await Promise.allSettled([thumbnail, preview].filter(Boolean).map((written) => store.remove(written)))
    throw error
  }
  return {
    width: facts.width,
    height: facts.height,
    haspreviewimage: preview !== '',
    previewpath: preview,
    thumbnailpath: thumbnail,
    minipreview: made.mini,
  }
}

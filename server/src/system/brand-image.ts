import type { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { drain, readSmallForm } from '../files/form-parts.ts'
import { FileStoreError } from '../files/file-store.ts'
import { ImageError } from '../files/image-runner.ts'
import { brandImagePath, oldBrandImagePath } from '../files/paths.ts'
import { reading, storing } from '../files/storage-trouble.ts'
import { generalError, noPermission } from '../http/errors.ts'
import type { FormRequest } from '../http/form-request.ts'
import type { Session } from '../sessions/session.ts'
import { brandError } from './brand.errors.ts'

/** Far above any sign-in picture, so that a wrong file does not fill the memory. */
const MAX_BYTES = 50 * 1024 * 1024

/** The sign-in page's picture as an open stream, or null if none was set. */
export async function brandImage(app: Pick<App, 'files'>): Promise<Readable | null> {
  return reading(() =>
    app.files.read(brandImagePath).catch((error: unknown) => {
      if (error instanceof FileStoreError && error.code === 'not_found') return null
      throw error
    }),
  )
}

/** Replaces the sign-in page's picture; the one before is kept beside it. Throws 403, 400 for no usable image, 413. */
export async function saveBrandImage(app: App, session: Session, request: FormRequest): Promise<void> {
  if (!app.access.can(session, 'edit_brand')) {
    drain(request.raw)
    throw noPermission('edit_brand')
  }
  const maxBytes = Math.min(app.config.get().FileSettings.MaxFileSize, MAX_BYTES)
  const tooLarge = () => brandError('api.admin.upload_brand_image.too_large.app_error')
  const { file } = await readSmallForm(request, 'image', maxBytes, tooLarge)
  if (!file) throw brandError('api.admin.upload_brand_image.no_file.app_error')
  const image = await app.images.brand(file).catch((error: unknown) => {
    throw brandImageError(error)
  })
  await storing(async () => {
    await putAside(app)
    await app.files.write(brandImagePath, image)
  })
}

/** Takes the sign-in page's picture away (it is kept beside its place). Throws 403, 404. */
export async function deleteBrandImage(app: App, session: Session): Promise<void> {
  if (!app.access.can(session, 'edit_brand')) throw noPermission('edit_brand')
  if (!(await storing(() => putAside(app)))) throw brandError('api.admin.delete_brand_image.storage.not_found')
}

async function putAside(app: Pick<App, 'files'>): Promise<boolean> {
  try {
    await app.files.move(brandImagePath, oldBrandImagePath(Date.now()))
    return true
  } catch (error) {
    if (error instanceof FileStoreError && error.code === 'not_found') return false
    throw error
  }
}

function brandImageError(error: unknown): unknown {
  if (!(error instanceof ImageError)) return error
  if (error.reason === 'busy') return generalError('api.context.server_busy.app_error')
  return error.reason === 'too_large'
    ? brandError('brand.save_brand_image.check_image_limits.app_error')
    : brandError('brand.save_brand_image.decode.app_error', {}, error.reason)
}

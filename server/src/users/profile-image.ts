import type { App } from '../app.ts'
import { defaultPicture } from '../files/default-picture.ts'
import { formParts } from '../files/form-parts.ts'
import { ImageError } from '../files/image-runner.ts'
import { profileImagePath } from '../files/paths.ts'
import { storing } from '../files/storage-trouble.ts'
import type { FormRequest } from '../http/form-request.ts'
import type { Session } from '../sessions/session.ts'
import { AppError, generalError } from '../http/errors.ts'
import { announceUser } from './announce-user.ts'
import type { User } from './user.ts'
import { existingUser, selfOrEditorOrBotOwner } from './user-access.ts'
import { pictureError } from './users.errors.ts'
import { updateUserRow } from './users.store.ts'

/** A picture is read into memory; more than this is no picture of a person. */
const MAX_BYTES = 50 * 1024 * 1024
/** Far above what 128x128 pixels can take as PNG: refuses to serve something else that came to lie there. */
const MAX_STORED = 4 * 1024 * 1024

/** The PNG that others see; `fallback`: it could not be read and is the generated one, to be asked for again soon. */
export async function pictureOf(
  app: Pick<App, 'files' | 'log'>,
  user: User,
): Promise<{ png: Buffer; fallback: boolean }> {
  if (user.last_picture_update <= 0) return { png: await defaultPicture(user.id, user.username), fallback: false }
  try {
    return { png: await app.files.readBuffer(profileImagePath(user.id), MAX_STORED), fallback: false }
  } catch (error) {
    app.log.warn({ err: error, userId: user.id }, 'a profile picture could not be read')
    return { png: await defaultPicture(user.id, user.username), fallback: true }
  }
}

/** Replaces a picture by the field `image` of a multipart form. Throws 403, 404, 400 for what is no image, 413. */
export async function setPicture(app: App, session: Session, userId: string, request: FormRequest): Promise<void> {
  await selfOrEditorOrBotOwner(app, session, userId)
  await existingUser(app, userId)
  const image = await imageOf(request, Math.min(MAX_BYTES, app.config.get().FileSettings.MaxFileSize))
  const png = await app.images.square(image).catch((error: unknown) => {
    throw asPictureError(error)
  })
  await storing(() => app.files.write(profileImagePath(userId), png))
  await noteChange(app, userId, Date.now())
}

/** Goes back to the generated picture. Throws 403, 404. */
export async function resetPicture(app: App, session: Session, userId: string): Promise<void> {
  await selfOrEditorOrBotOwner(app, session, userId)
  await existingUser(app, userId)
  // A negative time says so, and is a new ETag too.
  await noteChange(app, userId, -Date.now())
  await app.files.remove(profileImagePath(userId)).catch((error: unknown) => {
    app.log.warn({ err: error, userId }, 'a profile picture that nobody sees any more was not removed')
  })
}

async function noteChange(app: App, userId: string, pictureAt: number): Promise<void> {
  await app.unitOfWork(async (tx) => {
    await updateUserRow(tx.db, userId, { lastpictureupdate: pictureAt, updateat: Math.abs(pictureAt) })
    await announceUser(app, tx, userId)
  })
}

async function imageOf(request: FormRequest, maxBytes: number): Promise<Buffer> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    throw pictureError('api.user.upload_profile_user.parse.app_error')
  }
  try {
    for await (const part of formParts(request, maxBytes)) {
      if (part.kind !== 'file') continue
      const bytes = await collect(part.data, part.name === 'image', maxBytes)
      if (part.name === 'image') return bytes
    }
  } catch (error) {
    throw error instanceof AppError && error.status === 400
      ? pictureError('api.user.upload_profile_user.parse.app_error')
      : asTooLarge(error)
  }
  throw pictureError('api.user.upload_profile_user.no_file.app_error')
}

/** The bytes of a file; of one that is not wanted, none, but it is read to its end. */
async function collect(data: AsyncIterable<Buffer>, wanted: boolean, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of data) {
    if (!wanted) continue
    size += chunk.length
    if (size > maxBytes) throw pictureError('api.user.upload_profile_user.too_large.app_error')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function asTooLarge(error: unknown): unknown {
  const tooLarge = error instanceof AppError && error.status === 413
  return tooLarge ? pictureError('api.user.upload_profile_user.too_large.app_error') : error
}

function asPictureError(error: unknown): unknown {
  if (!(error instanceof ImageError)) return error
  if (error.reason === 'busy') return generalError('api.context.server_busy.app_error')
  if (error.reason === 'too_large') return pictureError('api.user.upload_profile_user.check_image_limits.app_error')
  return pictureError('api.user.upload_profile_user.decode.app_error', {}, error.reason)
}

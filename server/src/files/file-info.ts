import type { ImageFacts } from './images.ts'
import { mimeType } from './mime.ts'
import { fileExtension, fileName } from './paths.ts'

/** Fields of a fileinfo row that depend on the picture made of the file. */
export type PreviewFields = {
  width: number
  height: number
  haspreviewimage: boolean
  previewpath: string
  thumbnailpath: string
  minipreview: Buffer | null
}

/** What a file that is not an image, or could not be read as one, has in these fields. */
export const noPreview: PreviewFields = {
  width: 0,
  height: 0,
  haspreviewimage: false,
  previewpath: '',
  thumbnailpath: '',
  minipreview: null,
}

/** A new row of fileinfo, columns as in the table; all are set, none is left to the database. */
export type FileInfoRow = PreviewFields & {
  id: string
  creatorid: string
  postid: string
  channelid: string
  createat: number
  updateat: number
  deleteat: number
  path: string
  name: string
  extension: string
  size: number
  mimetype: string
  content: string
  remoteid: string
  archived: boolean
}

/** A file just stored: `name` as the sender gave it, `size` in bytes, `now` in ms. */
export type StoredFile = {
  id: string
  creatorId: string
  channelId: string
  path: string
  name: string
  size: number
  now: number
}

/** The row of a new upload, not attached to a post yet (postid ''). Type and extension come from the name. */
export function newFileInfo(file: StoredFile, previews: PreviewFields = noPreview): FileInfoRow {
  const name = fileName(file.name)
  const extension = fileExtension(name)
  return {
    id: file.id,
    creatorid: file.creatorId,
    postid: '',
    channelid: file.channelId,
    createat: file.now,
    updateat: file.now,
    deleteat: 0,
    path: file.path,
    ...previews,
    name,
    extension,
    size: file.size,
    mimetype: mimeType(extension),
    content: '',
    remoteid: '',
    archived: false,
  }
}

/** `noPreview` with the size of an image that has no previews. */
export const sizeOnly = (facts: ImageFacts): PreviewFields => ({
  ...noPreview,
  width: facts.width,
  height: facts.height,
})

import type { App } from '../app.ts'
import type { PermittedChannel } from '../channels/channel-access.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { BOOKMARK_OWNER } from './file-access.ts'
import { newFileInfo } from './file-info.ts'
import type { FileInfoRow } from './file-info.ts'
import type { FileInfo } from './file-info-view.ts'
import { insertFileInfo } from './file-infos.store.ts'
import { makePreviews } from './make-previews.ts'
import { bookmarkPath, fileName, uploadPath } from './paths.ts'
import { storing } from './storage-trouble.ts'
import { writeUpload } from './upload-writer.ts'
import type { UploadData } from './upload-writer.ts'

interface Received {
  readonly id: string
  readonly name: string
  readonly size: number
  /** where it lies now */
  path: string
}

/** Where files wait whose channel is not known yet; of no use after a restart. */
export const WAITING_DIR = 'incoming'
const waitingPath = (id: string): string => `${WAITING_DIR}/${id}`

/** The files of one upload request: stored as they come, known to the database all together or not at all. */
export class UploadBatch {
  readonly #app: App
  readonly #session: Session
  readonly #bookmark: boolean
  readonly #now = Date.now()
  readonly #received: Received[] = []
  readonly #written = new Set<string>()
  #bytes = 0

  constructor(app: App, session: Session, bookmark: boolean) {
    this.#app = app
    this.#session = session
    this.#bookmark = bookmark
  }

  get count(): number {
    return this.#received.length
  }

  /** Runs `work`; when it fails, removes everything that was stored, and throws what it threw. */
  async orUndo<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await Promise.allSettled([...this.#written].map((path) => this.#app.files.remove(path)))
      throw error
    }
  }

  /** Stores one file, aside if its channel is not known. Throws 413 when the request holds more than MaxFileSize. */
  async add(givenName: string, data: UploadData, channel: PermittedChannel | undefined): Promise<void> {
    const id = newId()
    const name = fileName(givenName)
    const path = channel ? this.#path(channel, id, name) : waitingPath(id)
    const maxBytes = Math.max(0, this.#app.config.get().FileSettings.MaxFileSize - this.#bytes)
    const size = await writeUpload(this.#app.files, path, data, { maxBytes, name })
    this.#written.add(path)
    this.#bytes += size
    this.#received.push({ id, name, size, path })
  }

  /** Brings every file to its place, makes previews and stores the rows. Throws 400 for an image of too many pixels. */
  async finish(channel: PermittedChannel): Promise<FileInfo[]> {
    const rows: FileInfoRow[] = []
    for (const [index, file] of this.#received.entries()) {
      await this.#place(file, channel)
      rows.push(await this.#row(file, channel, this.#now + index))
    }
    return this.#app.unitOfWork(async ({ db }) => {
      const infos: FileInfo[] = []
      for (const row of rows) infos.push(await insertFileInfo(db, row))
      return infos
    })
  }

  async #place(file: Received, channel: PermittedChannel): Promise<void> {
    if (file.path !== waitingPath(file.id)) return
    const path = this.#path(channel, file.id, file.name)
    await storing(() => this.#app.files.move(file.path, path))
    this.#written.delete(file.path)
    this.#written.add(path)
    file.path = path
  }

  async #row(file: Received, channel: PermittedChannel, now: number): Promise<FileInfoRow> {
    const { files, images, log } = this.#app
    const onFailure = (error: unknown) => log.warn({ err: error, fileId: file.id }, 'an image got no preview')
    const previews = await makePreviews({ store: files, images, onFailure }, file)
    if (previews.previewpath) this.#written.add(previews.previewpath)
    if (previews.thumbnailpath) this.#written.add(previews.thumbnailpath)
    const creatorId = this.#bookmark ? BOOKMARK_OWNER : this.#session.userId
    return newFileInfo({ ...file, creatorId, channelId: channel.id, now }, previews)
  }

  #path(channel: PermittedChannel, id: string, name: string): string {
    return this.#bookmark
      ? bookmarkPath(channel.teamId || 'noteam', channel.id, id, name)
      : uploadPath(this.#now, channel.id, this.#session.userId, id, name)
  }
}

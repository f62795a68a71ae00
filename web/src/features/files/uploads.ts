import type { FileInfo } from '@mattermost/types/files'
import { create } from 'zustand'
import { isUnreachable } from '../../client/api.ts'
import { useConnection } from '../../client/live.ts'
import { getState } from '../../client/store.ts'
import { currentText } from '../../shell/i18n.tsx'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import type { Writing } from '../drafts/writing.ts'
import { sizeText } from './size-text.ts'
import { uploadFile } from './upload-file.ts'
import type { UploadJob } from './upload-file.ts'

/** Files that a post may have. */
export const MOST_FILES = 10
/** Uploads that run at the same time. */
const PARALLEL = 3

/** A file on its way to the server, for something that is being written. */
export interface Upload {
  readonly id: string
  /** of the writing it belongs to */
  readonly key: string
  readonly file: File
  readonly state: 'waiting' | 'running' | 'failed'
  /** 0 to 1 */
  readonly progress: number
  /** why it failed, in the reader's words */
  readonly error?: string
}

interface Uploads {
  readonly uploads: readonly Upload[]
  /** why files were not taken, by key of the writing */
  readonly problems: Readonly<Record<string, string>>
}

export const useUploads = create<Uploads>()(() => ({ uploads: [], problems: {} }))

interface Running {
  readonly writing: Writing
  readonly controller: AbortController
  session?: Id
}

const known = new Map<string, Running>()
/** Where a file belongs among those of its writing: files arrive in any order. */
const places = new Map<Id, number>()
let counter = 0

/** Takes files for something that is being written: those that cannot be taken are named, the others begin at once. */
export function addFiles(writing: Writing, files: readonly File[]): void {
  const { taken, problem } = choose(writing, files)
  useUploads.setState(({ problems }) => ({ problems: { ...problems, [writing.key]: problem } }))
  const added = taken.map((file): Upload => {
    const id = String(++counter)
    known.set(id, { writing, controller: new AbortController() })
    return { id, key: writing.key, file, state: 'waiting', progress: 0 }
  })
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }))
  startNext()
}

/** Whether files may be attached in a channel, as far as the client knows. */
export function mayUpload(channelId: Id): boolean {
  const state = getState()
  return state.config['EnableFileAttachments'] !== 'false' && can(state, 'upload_file', { channelId })
}

function choose(writing: Writing, files: readonly File[]): { taken: readonly File[]; problem: string } {
  const t = currentText()
  const { config } = getState()
  if (config['EnableFileAttachments'] === 'false') {
    return { taken: [], problem: t('files.off', 'This server takes no files.') }
  }
  if (!mayUpload(writing.channelId)) {
    return { taken: [], problem: t('files.not_allowed', 'You may not attach files in this channel.') }
  }
  const problems: string[] = []
  const limit = Number(config['MaxFileSize'] || Infinity)
  const fits = files.filter(({ size }) => size > 0 && size <= limit)
  for (const { name, size } of files) {
    if (size > limit) {
      const values = { name, size: sizeText(size, t.locale), limit: sizeText(limit, t.locale) }
      problems.push(t('files.too_large', '{name} is too large ({size}). Up to {limit} can be attached.', values))
    } else if (size === 0) problems.push(t('files.is_empty', '{name} is empty.', { name }))
  }
  const free = MOST_FILES - writing.read().files.length - uploadsOf(writing.key).length
  if (fits.length > free) {
    problems.push(
      t('files.too_many', 'A post can have {most} files. The others were not attached.', { most: MOST_FILES }),
    )
  }
  return { taken: fits.slice(0, Math.max(0, free)), problem: problems.join(' ') }
}

/** What is on its way for a writing, failed files included. */
export const uploadsOf = (key: string): readonly Upload[] =>
  useUploads.getState().uploads.filter((one) => one.key === key)

/** The notice about files that were not taken has been read. */
export const dismissProblem = (key: string): void =>
  useUploads.setState(({ problems }) => ({ problems: { ...problems, [key]: '' } }))

function change(id: string, step: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((one) => (one.id === id ? { ...one, ...step } : one)),
  }))
}

/** Gives up a file, on its way or failed. */
export function cancelUpload(id: string): void {
  known.get(id)?.controller.abort()
  known.delete(id)
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) }))
  startNext()
}

/** Tries a failed file again; a large one goes on where it broke off. */
export function retryUpload(id: string): void {
  change(id, { state: 'waiting', error: undefined })
  startNext()
}

function startNext(): void {
  const { uploads } = useUploads.getState()
  const running = uploads.filter(({ state }) => state === 'running').length
  for (const next of uploads.filter(({ state }) => state === 'waiting').slice(0, PARALLEL - running)) void run(next)
}

async function run({ id, file }: Upload): Promise<void> {
  const own = known.get(id)
  if (!own) return
  change(id, { state: 'running', progress: 0 })
  const job: UploadJob = {
    file,
    channelId: own.writing.channelId,
    signal: own.controller.signal,
    onProgress: (progress) => change(id, { progress }),
    session: own.session,
  }
  try {
    arrived(own.writing, id, await uploadFile(job))
  } catch (error) {
    own.session = job.session
    change(id, { state: 'failed', error: failure(error) })
  }
  startNext()
}

function arrived(writing: Writing, id: string, info: FileInfo): void {
  if (!known.delete(id)) return
  places.set(info.id, Number(id))
  const files = [...writing.read().files, info].toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  writing.write({ files })
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) }))
}

function failure(error: unknown): string {
  const t = currentText()
  if (isUnreachable(error)) return t('files.not_reached', 'The server was not reached.')
  return (error as Error).message
}

// What could not be sent because the server was away goes on by itself when it is back.
useConnection.subscribe(({ state }, before) => {
  if (state !== 'open' || before.state === 'open') return
  const { uploads } = useUploads.getState()
  for (const { id, error } of uploads) if (error === failure({})) retryUpload(id)
})

// A file on its way is lost with the page: the browser asks first.
window.addEventListener('beforeunload', (event) => {
  if (useUploads.getState().uploads.some(({ state }) => state !== 'failed')) event.preventDefault()
})

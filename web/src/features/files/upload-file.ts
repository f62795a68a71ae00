import type { FileInfo, FileUploadResponse } from '@mattermost/types/files'
import { api, request } from '../../client/api.ts'
import type { ApiError } from '../../client/api.ts'
import type { Id } from '../../store/state.ts'

/** Files from this size (bytes) on are sent in a way that goes on where it broke off. */
const RESUMABLE = 8 * 1024 * 1024

export interface UploadJob {
  readonly file: File
  readonly channelId: Id
  readonly signal: AbortSignal
  /** 0 to 1 */
  readonly onProgress: (part: number) => void
  /** of an upload that broke off; set by the first try and used by the next one */
  session?: Id
}

/** Stores a file on the server, not yet attached to anything. Rejects with an ApiError; without a status when it was not reached or cancelled. */
export async function uploadFile(job: UploadJob): Promise<FileInfo> {
  if (job.file.size < RESUMABLE) return uploadAtOnce(job)
  job.session ??= await openSession(job)
  const { file_offset: offset } = await request<{ file_offset: number }>('GET', `/uploads/${job.session}`)
  const body = job.file.slice(offset, job.file.size, 'application/octet-stream')
  const sent = await send<FileInfo>(`/uploads/${job.session}`, body, job, offset)
  job.session = undefined
  return sent
}

async function uploadAtOnce(job: UploadJob): Promise<FileInfo> {
  const form = new FormData()
  // In this order: a server that knows the channel first need not put the file aside.
  form.append('channel_id', job.channelId)
  form.append('client_ids', crypto.randomUUID())
  form.append('files', job.file, job.file.name)
  const { file_infos: infos } = await send<FileUploadResponse>('/files', form, job, 0)
  return infos[0]!
}

async function openSession({ file, channelId }: UploadJob): Promise<Id> {
  const body = { channel_id: channelId, filename: file.name, file_size: file.size }
  return (await request<{ id: Id }>('POST', '/uploads', body)).id
}

/** XMLHttpRequest, because fetch tells nothing of what has been sent. */
function send<T>(path: string, body: FormData | Blob, job: UploadJob, offset: number): Promise<T> {
  const { file, signal, onProgress } = job
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const fail = (): void => reject({ message: '' } satisfies ApiError)
    if (signal.aborted) return fail()
    xhr.open('POST', `${api.getBaseRoute()}${path}`)
    const { headers } = api.getOptions({ method: 'post' }) as { headers: Record<string, string> }
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.responseType = 'json'
    xhr.upload.onprogress = ({ loaded }) => onProgress(Math.min(1, (offset + loaded) / Math.max(1, file.size)))
    xhr.onerror = fail
    xhr.onabort = fail
    xhr.onload = () => {
      if (xhr.status < 300 && xhr.response) resolve(xhr.response as T)
      else reject({ ...(xhr.response as object), message: messageOf(xhr), status_code: xhr.status } satisfies ApiError)
    }
    signal.addEventListener('abort', () => xhr.abort())
    xhr.send(body)
  })
}

const messageOf = ({ response, status }: XMLHttpRequest): string =>
  (response as { message?: string } | null)?.message ?? `HTTP ${status}`

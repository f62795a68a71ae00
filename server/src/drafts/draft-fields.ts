import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import { fileInfosByIds } from '../files/file-infos.ts'
import { isId } from '../ids.ts'
import { runes } from '../text/slugs.ts'
import { draftError } from './drafts.errors.ts'

/** What a draft and a scheduled post have in common with the post they are to become. */
export interface DraftFields {
  readonly message: string
  readonly props: Readonly<Record<string, unknown>>
  readonly file_ids?: readonly string[]
  readonly priority?: Readonly<Record<string, unknown>>
  readonly metadata?: { readonly files: readonly FileInfo[] }
}

export interface SentFields {
  readonly message?: string | null | undefined
  readonly props?: Readonly<Record<string, unknown>> | null | undefined
  readonly file_ids?: readonly string[] | null | undefined
  readonly priority?: Readonly<Record<string, unknown>> | null | undefined
}

/** The columns that drafts and scheduled posts share. */
export interface FieldColumns {
  message: string | null
  props: string | null
  fileids: string | null
  priority: string | null
}

/** Widths of the columns, in characters. */
const MAX_PROPS = 8_000
const MAX_PRIORITY = 1_000
const MAX_FILES = 10

/** What of a client's fields is stored. Throws 400 for what is too long. */
export function checkedFields(app: Pick<App, 'clientSettings'>, sent: SentFields): DraftFields {
  const message = sent.message ?? ''
  const limit = app.clientSettings.maxPostSize
  if (message.length > limit && runes(message) > limit) {
    throw draftError('model.draft.is_valid.message_length.app_error', { MaxLength: limit })
  }
  const props = sent.props ?? {}
  if (JSON.stringify(props).length > MAX_PROPS) throw draftError('model.draft.is_valid.props.app_error')
  const fileIds = [...new Set((sent.file_ids ?? []).filter(isId))]
  if (fileIds.length > MAX_FILES) throw draftError('model.draft.is_valid.file_ids.app_error')
  const priority = sent.priority ?? {}
  if (JSON.stringify(priority).length > MAX_PRIORITY) throw draftError('model.draft.is_valid.priority.app_error')
  return fields(message, props, fileIds, priority)
}

/** Keys without a value are left out, as clients expect. */
function fields(
  message: string,
  props: DraftFields['props'],
  fileIds: readonly string[],
  priority: Readonly<Record<string, unknown>>,
): DraftFields {
  return {
    message,
    props,
    ...(fileIds.length > 0 && { file_ids: fileIds }),
    ...(Object.keys(priority).length > 0 && { priority }),
  }
}

/** The shared columns as they are stored: JSON in text columns. */
export const columnsOf = (draft: DraftFields): FieldColumns => ({
  message: draft.message,
  props: JSON.stringify(draft.props),
  fileids: JSON.stringify(draft.file_ids ?? []),
  priority: JSON.stringify(draft.priority ?? {}),
})

/** The shared fields of a stored row; what is no valid JSON there counts as empty. */
export function fieldsOf(row: FieldColumns): DraftFields {
  const fileIds = parsed(row.fileids)
  return fields(
    row.message ?? '',
    record(parsed(row.props)),
    Array.isArray(fileIds) ? fileIds.filter(isId) : [],
    record(parsed(row.priority)),
  )
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text || 'null')
  } catch {
    return null
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Drafts with what clients show of their files: only uploads of the author that hang on no post yet. */
export async function withFiles<D extends DraftFields & { readonly user_id: string }>(
  db: Queries,
  drafts: readonly D[],
): Promise<D[]> {
  const ids = drafts.flatMap((one) => one.file_ids ?? [])
  if (ids.length === 0) return [...drafts]
  const infos = await fileInfosByIds(db, ids)
  return drafts.map((draft) => {
    const files = (draft.file_ids ?? [])
      .map((id) => infos.get(id))
      .filter((info): info is FileInfo => info?.user_id === draft.user_id && info.post_id === '')
    return files.length > 0 ? { ...draft, metadata: { files } } : draft
  })
}

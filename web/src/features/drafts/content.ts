import type { FileInfo } from '@mattermost/types/files'
import type { PostPriorityMetadata } from '@mattermost/types/posts'
import type { Draft } from '../../store/entities.ts'

/** How a post is marked: important or urgent, and what is asked of its readers. */
export type Priority = PostPriorityMetadata

/** What somebody has begun to write. */
export interface Content {
  readonly message: string
  /** uploaded already */
  readonly files: readonly FileInfo[]
  readonly priority?: Priority
}

const NO_FILES: Content['files'] = []

export const EMPTY: Content = { message: '', files: NO_FILES }

/** Nothing that would be worth keeping. */
export const isEmpty = ({ message, files, priority }: Content): boolean =>
  message === '' && files.length === 0 && !hasPriority(priority)

/** Whether a priority says anything. */
export const hasPriority = (priority: Priority | undefined): priority is Priority =>
  Boolean(priority && (priority.priority || priority.requested_ack || priority.persistent_notifications))

type Written = Pick<Draft, 'message' | 'metadata' | 'priority'>

const contents = new WeakMap<Written, Content>()

/** What of a draft or scheduled post of the server is written; the same object for the same draft. */
export function contentOf(draft: Written): Content {
  const known = contents.get(draft)
  if (known) return known
  const { message, metadata, priority } = draft
  const content = { message, files: metadata?.files ?? NO_FILES, ...(hasPriority(priority) && { priority }) }
  contents.set(draft, content)
  return content
}

/** The fields that drafts and scheduled posts are sent with. */
export const sentFields = ({ message, files, priority }: Content) => ({
  message,
  props: {},
  file_ids: files.map(({ id }) => id),
  priority: priority ?? {},
})

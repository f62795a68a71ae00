import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import type { DraftFields } from '../drafts/draft-fields.ts'
import { draftFieldSchemas } from '../drafts/draft.ts'
import { Id, OptionalString } from '../http/schema.ts'

/** Why a post could not be sent when its time came; '' = it is still to come. */
export type SendError =
  | 'unknown'
  | 'channel_archived'
  | 'restricted_dm'
  | 'channel_not_found'
  | 'user_missing'
  | 'user_deleted'
  | 'no_channel_permission'
  | 'no_channel_member'
  | 'thread_deleted'
  | 'unable_to_send'
  | 'invalid_post'

/** A post that waits for its time. Times in ms. */
export interface ScheduledPost extends DraftFields {
  readonly id: string
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly user_id: string
  readonly channel_id: string
  readonly root_id: string
  readonly type: ''
  readonly scheduled_at: number
  /** when sending it failed */
  readonly processed_at: number
  readonly error_code: SendError | ''
}

export const NewScheduledPostBody = Type.Object({
  channel_id: Id,
  root_id: OptionalString,
  scheduled_at: Type.Integer(),
  ...draftFieldSchemas,
})

export const ScheduledPostBody = Type.Object({ id: Id, scheduled_at: Type.Integer(), ...draftFieldSchemas })

export type SentNewPost = Static<typeof NewScheduledPostBody>
export type SentPost = Static<typeof ScheduledPostBody>

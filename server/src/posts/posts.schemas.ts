import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import {
  Id,
  optional,
  OptionalAnyMap,
  OptionalBoolean,
  OptionalInteger,
  OptionalString,
  OptionalStrings,
} from '../http/schema.ts'

const Priority = Type.Object({
  priority: OptionalString,
  requested_ack: OptionalBoolean,
  persistent_notifications: OptionalBoolean,
})

/** What a client sends to make a post. Everything else of a post is the server's to say. */
export const CreatePostBody = Type.Object({
  channel_id: Id,
  message: OptionalString,
  root_id: OptionalString,
  file_ids: OptionalStrings,
  props: OptionalAnyMap,
  metadata: optional(Type.Object({ priority: optional(Priority) })),
  pending_post_id: OptionalString,
  type: OptionalString,
  create_at: OptionalInteger,
})

export type PostDraft = Static<typeof CreatePostBody>

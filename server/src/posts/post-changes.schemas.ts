import { Type } from '@sinclair/typebox'
import { Id, OptionalAnyMap, OptionalBoolean, OptionalString, OptionalStrings } from '../http/schema.ts'

const changes = {
  message: OptionalString,
  props: OptionalAnyMap,
  file_ids: OptionalStrings,
  is_pinned: OptionalBoolean,
}

/** What may change in a post. A key that is missing or null leaves things as they are. */
export const PatchPostBody = Type.Object(changes)

/** A whole post is sent, but only what `PatchPostBody` names is taken from it. */
export const UpdatePostBody = Type.Object({ id: Type.String(), ...changes })

export const EphemeralPostBody = Type.Object({
  user_id: Id,
  post: Type.Object({
    channel_id: Id,
    message: OptionalString,
    root_id: OptionalString,
    props: OptionalAnyMap,
  }),
})

export const MoveThreadBody = Type.Object({ channel_id: Id })

export const MarkUnreadBody = Type.Object({ collapsed_threads_supported: OptionalBoolean })

import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Id, OptionalAnyMap, OptionalString, OptionalStrings } from '../http/schema.ts'
import type { DraftFields } from './draft-fields.ts'

/** What somebody has begun to write in a channel or thread; one per place. Times in ms. */
export interface Draft extends DraftFields {
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly user_id: string
  readonly channel_id: string
  /** '' outside threads */
  readonly root_id: string
  readonly type: ''
}

/** What a client may say of a draft; whose it is and when it was written is the server's to say. */
export const draftFieldSchemas = {
  message: OptionalString,
  props: OptionalAnyMap,
  file_ids: OptionalStrings,
  priority: OptionalAnyMap,
}

export const DraftBody = Type.Object({ channel_id: Id, root_id: OptionalString, ...draftFieldSchemas })

export type SentDraft = Static<typeof DraftBody>

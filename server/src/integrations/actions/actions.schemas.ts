import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { optional, OptionalAnyMap, OptionalBoolean, OptionalInteger, OptionalString } from '../../http/schema.ts'

/** A click: the option of a menu, and of ephemeral posts the cookie that came with the button. */
export const DoPostActionBody = Type.Object({ selected_option: OptionalString, cookie: OptionalString })

export type DoPostAction = Static<typeof DoPostActionBody>

/** What an integration answers to a click. Of the post in `update` only what it says is taken. */
export const IntegrationAnswerBody = Type.Object({
  update: optional(Type.Object({ message: OptionalString, props: OptionalAnyMap })),
  ephemeral_text: OptionalString,
  skip_slack_parsing: OptionalBoolean,
})

export type IntegrationAnswer = Static<typeof IntegrationAnswerBody>

/** What the cookie of a button on an ephemeral post says: the post itself is kept nowhere. */
export const ActionCookie = Type.Object({
  type: OptionalString,
  data_source: OptionalString,
  integration: Type.Object({ url: Type.String(), context: OptionalAnyMap }),
  post_id: Type.String(),
  root_post_id: OptionalString,
  channel_id: Type.String(),
  retain_props: OptionalAnyMap,
  user_id: OptionalString,
  create_at: OptionalInteger,
})

export type ActionCookie = Static<typeof ActionCookie>

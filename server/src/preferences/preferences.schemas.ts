import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { OptionalString } from '../http/schema.ts'

export const PreferencesBody = Type.Array(
  Type.Object({ user_id: Type.String(), category: OptionalString, name: OptionalString, value: OptionalString }),
)

export type SentPreferences = Static<typeof PreferencesBody>

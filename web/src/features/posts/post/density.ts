import { usePreference } from '../../../client/preferences.ts'

/** Whether the reader wants posts close together, without pictures. */
export const useCompact = (): boolean => usePreference('display_settings', 'message_display', 'clean') === 'compact'

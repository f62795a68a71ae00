import { deletePreferences, savePreferences } from '../../../client/preferences.ts'
import { getState } from '../../../client/store.ts'
import type { MattermostTheme } from '../theme/mattermost-theme.ts'

/** Saves a theme for all teams. Themes that other clients kept for single teams give way: they would hide it. */
export async function saveTheme(theme: MattermostTheme): Promise<void> {
  const older = Object.values(getState().preferences).filter((one) => one.category === 'theme' && one.name !== '')
  await savePreferences({ category: 'theme', name: '', value: JSON.stringify(theme) })
  if (older.length > 0) await deletePreferences(...older)
}

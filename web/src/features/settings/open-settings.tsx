import { openDialog } from '../../shell/dialogs.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'

const SettingsDialog = lazyPart(() => import('./SettingsDialog.tsx'))
const ShortcutsDialog = lazyPart(() => import('./ShortcutsDialog.tsx'))

/** The pages of the settings. */
export type SettingsPage = 'profile' | 'security' | 'notifications' | 'display' | 'sidebar' | 'advanced'

/** Opens my settings, on a page of them. */
export const openSettings = (page: SettingsPage = 'notifications'): void =>
  void openDialog((close) => <SettingsDialog page={page} onClose={close} />, 'settings')

/** Opens the list of keyboard shortcuts. */
export const openShortcuts = (): void => void openDialog((close) => <ShortcutsDialog onClose={close} />, 'shortcuts')

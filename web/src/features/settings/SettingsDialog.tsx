import { useState } from 'react'
import type { ReactNode } from 'react'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Bell, List, Palette, Shield, SlidersHorizontal, User } from '../../ui/icons.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { AdvancedPage } from './AdvancedPage.tsx'
import { DisplayPage } from './display/DisplayPage.tsx'
import { NotificationsPage } from './notify/NotificationsPage.tsx'
import type { SettingsPage } from './open-settings.tsx'
import css from './parts/Settings.module.css'
import { hasUnsaved } from './parts/unsaved.ts'
import { ProfilePage } from './profile/ProfilePage.tsx'
import { SecurityPage } from './security/SecurityPage.tsx'
import { SidebarPage } from './SidebarPage.tsx'

/** My settings. What is switched holds at once; what is typed is saved by its button, and not lost without a question. */
export default function SettingsDialog({ page, onClose }: { page: SettingsPage; onClose: () => void }): ReactNode {
  const t = useText()
  const [selected, setSelected] = useState(page)
  const tabs = [
    { id: 'profile', label: t('settings.profile', 'Profile'), icon: User, content: <ProfilePage /> },
    {
      id: 'security',
      label: t('settings.security', 'Security'),
      icon: Shield,
      content: <SecurityPage onClose={onClose} />,
    },
    {
      id: 'notifications',
      label: t('settings.notifications', 'Notifications'),
      icon: Bell,
      content: <NotificationsPage />,
    },
    { id: 'display', label: t('settings.display', 'Display'), icon: Palette, content: <DisplayPage /> },
    { id: 'sidebar', label: t('settings.sidebar', 'Sidebar'), icon: List, content: <SidebarPage /> },
    { id: 'advanced', label: t('settings.advanced', 'Advanced'), icon: SlidersHorizontal, content: <AdvancedPage /> },
  ] as const
  return (
    <Dialog
      title={t('settings.title', 'Settings')}
      size="xl"
      flush
      onClose={() => leave(onClose)}
      className={css['dialog']}
    >
      <Tabs
        label={t('settings.title', 'Settings')}
        tabs={tabs}
        selected={selected}
        onSelect={(next) => next !== selected && leave(() => setSelected(next))}
        orientation="vertical"
        className={css['tabs']}
      />
    </Dialog>
  )
}

/** Goes on, after a question when something typed would be lost. */
function leave(go: () => void): void {
  if (hasUnsaved()) openDialog((close) => <DiscardDialog onDiscard={go} onClose={close} />)
  else go()
}

function DiscardDialog({ onDiscard, onClose }: { onDiscard: () => void; onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <ConfirmDialog
      title={t('settings.discard_title', 'Discard changes?')}
      confirmLabel={t('settings.discard', 'Discard')}
      cancelLabel={t('settings.keep_editing', 'Keep editing')}
      danger
      onConfirm={onDiscard}
      onClose={onClose}
    >
      {t('settings.discard_text', 'What you have typed here is not saved yet.')}
    </ConfirmDialog>
  )
}

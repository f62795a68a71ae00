import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { UiProvider } from '../ui/UiProvider.tsx'
import { TextProvider } from './i18n.tsx'
import type { Text } from './i18n.tsx'

/** Words and language for everything below, the components' own included. */
export function Ui({ text: t, children }: { text: Text; children: ReactNode }): ReactNode {
  const texts = useMemo(
    () => ({
      close: t('ui.close', 'Close'),
      clear: t('ui.clear', 'Clear'),
      cancel: t('ui.cancel', 'Cancel'),
      loading: t('ui.loading', 'Loading'),
      showPassword: t('ui.show_password', 'Show password'),
      hidePassword: t('ui.hide_password', 'Hide password'),
      notices: t('ui.notices', 'Notices'),
      optional: t('ui.optional', 'optional'),
      open: t('ui.open', 'Open'),
      colorInvalid: t('ui.color_invalid', 'Write a colour as #1f75cb.'),
    }),
    [t],
  )
  return (
    <TextProvider text={t}>
      <UiProvider texts={texts} locale={t.locale}>
        {children}
      </UiProvider>
    </TextProvider>
  )
}

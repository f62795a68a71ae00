import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { savePreferences, usePreference } from '../../client/preferences.ts'
import { getState, useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { startLeaving, stay } from '../../shell/session-end.ts'
import { signOut } from '../../shell/sign-out.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { keysText } from '../../ui/key-names.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useFormatting } from '../composer/use-formatting.ts'
import { choose, saving } from './parts/save-me.ts'
import { Page, Section } from './parts/Section.tsx'
import css from './parts/Settings.module.css'

const CATEGORY = 'advanced_settings'

/** How writing and reading work. */
export function AdvancedPage(): ReactNode {
  const t = useText()
  const joins = usePreference(CATEGORY, 'join_leave', 'true')
  const formatted = usePreference(CATEGORY, 'formatting', 'true')
  const [bar, toggleBar] = useFormatting()
  const drafts = usePreference(CATEGORY, 'sync_drafts', 'true')
  const syncs = useStore((state) => state.config['AllowSyncedDrafts'] === 'true')
  const leaves = useStore(
    (state) => state.config['EnableUserDeactivation'] === 'true' && state.users[state.me]?.auth_service === '',
  )
  return (
    <Page>
      <Section title={t('settings.writing', 'Writing')}>
        <SendKey />
        <Switch
          checked={bar}
          onChange={toggleBar}
          description={t('settings.formatting_bar_hint', 'On this device. {keys} shows or hides it as well.', {
            keys: keysText('Ctrl+Alt+T'),
          })}
        >
          {t('settings.formatting_bar', 'Show the formatting bar')}
        </Switch>
        {syncs && (
          <Switch checked={drafts === 'true'} onChange={(on) => choose(CATEGORY, 'sync_drafts', String(on))}>
            {t('settings.sync_drafts', 'Keep drafts on the server, for all my devices')}
          </Switch>
        )}
      </Section>
      <Section title={t('settings.reading', 'Reading')}>
        <ScrollPosition />
        <Switch
          checked={formatted === 'true'}
          onChange={(on) => choose(CATEGORY, 'formatting', String(on))}
          description={t('settings.formatted_hint', 'Otherwise you see messages exactly as they were typed.')}
        >
          {t('settings.formatted', 'Show messages formatted')}
        </Switch>
        <Switch
          checked={joins === 'true'}
          onChange={(on) => choose(CATEGORY, 'join_leave', String(on))}
          description={t('settings.join_leave_hint', 'Messages about yourself are always shown.')}
        >
          {t('settings.join_leave', 'Show when people join or leave a channel')}
        </Switch>
      </Section>
      {leaves && (
        <Section
          title={t('settings.deactivate', 'Deactivate account')}
          description={t(
            'settings.deactivate_lead',
            'You are signed out everywhere and nobody can write to you. Your messages stay. Only an administrator can undo it.',
          )}
        >
          <div className={css['buttons']}>
            <Button variant="danger" onPress={() => openDialog((close) => <DeactivateDialog onClose={close} />)}>
              {t('settings.deactivate_go', 'Deactivate my account')}
            </Button>
          </div>
        </Section>
      )}
    </Page>
  )
}

/** Which key sends: two preferences that other clients know make one choice. */
function SendKey(): ReactNode {
  const t = useText()
  const always = usePreference(CATEGORY, 'send_on_ctrl_enter', 'false') === 'true'
  const inCode = usePreference(CATEGORY, 'code_block_ctrl_enter', 'true') === 'true'
  const keys = keysText('Ctrl+Enter')
  const options = [
    { value: 'enter', label: t('settings.send_enter', 'Enter') },
    { value: 'code', label: t('settings.send_code', 'Enter; in code blocks {keys}', { keys }) },
    { value: 'ctrl', label: t('settings.send_ctrl', '{keys}; Enter begins a new line', { keys }) },
  ]
  const save = (value: string): void =>
    saving(
      savePreferences(
        { category: CATEGORY, name: 'send_on_ctrl_enter', value: String(value === 'ctrl') },
        { category: CATEGORY, name: 'code_block_ctrl_enter', value: String(value !== 'enter') },
      ),
    )
  return (
    <RadioGroup
      label={t('settings.send_key', 'Messages are sent with')}
      options={options}
      value={always ? 'ctrl' : inCode ? 'code' : 'enter'}
      onChange={save}
    />
  )
}

function ScrollPosition(): ReactNode {
  const t = useText()
  const position = usePreference(CATEGORY, 'unread_scroll_position', 'start_from_left_off')
  const options = [
    { value: 'start_from_left_off', label: t('settings.scroll_left_off', 'Where I left off') },
    { value: 'start_from_newest', label: t('settings.scroll_newest', 'At the newest message') },
  ]
  return (
    <RadioGroup
      label={t('settings.scroll', 'Open channels with unread messages')}
      options={options}
      value={position}
      onChange={(value) => choose(CATEGORY, 'unread_scroll_position', value)}
    />
  )
}

function DeactivateDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const deactivate = async (): Promise<void> => {
    startLeaving()
    await api.updateUserActive(getState().me, false).catch((error: unknown) => {
      stay()
      throw error
    })
    await signOut()
  }
  return (
    <ConfirmDialog
      title={t('settings.deactivate_title', 'Deactivate your account?')}
      confirmLabel={t('settings.deactivate', 'Deactivate account')}
      danger
      onConfirm={deactivate}
      errorText={failureText}
      onClose={onClose}
    >
      {t('settings.deactivate_text', 'You cannot undo this yourself.')}
    </ConfirmDialog>
  )
}

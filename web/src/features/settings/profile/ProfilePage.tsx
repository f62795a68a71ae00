import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { saveMe } from '../parts/save-me.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { Page, Section } from '../parts/Section.tsx'
import css from '../parts/Settings.module.css'
import { useFields } from '../parts/use-fields.ts'
import { EmailForm } from './EmailForm.tsx'
import { PictureEditor } from './PictureEditor.tsx'

/** Who I am for others: picture, names, address. */
export function ProfilePage(): ReactNode {
  const t = useText()
  return (
    <Page>
      <Section title={t('settings.picture', 'Picture')}>
        <PictureEditor />
      </Section>
      <Section title={t('settings.names', 'Names')}>
        <NamesForm />
      </Section>
      <Section title={t('settings.email', 'E-mail')}>
        <EmailForm />
      </Section>
    </Page>
  )
}

function NamesForm(): ReactNode {
  const t = useText()
  const user = useStore((state) => state.users[state.me]!)
  const { first_name, last_name, username, nickname, position } = user
  const { values, changes, changed, set, reset } = useFields({ first_name, last_name, username, nickname, position })
  // The sign-in service writes these at each sign-in.
  const provided = user.auth_service !== ''
  const elsewhere = provided ? t('settings.from_provider', 'Comes from the account you sign in with.') : undefined
  return (
    <SaveForm changed={changed} onReset={reset} onSave={() => saveMe(changes).then(reset)}>
      <div className={css['pair']}>
        <TextField
          label={t('settings.first_name', 'First name')}
          value={values.first_name}
          onChange={set('first_name')}
          maxLength={64}
          disabled={provided}
          description={elsewhere}
          autoComplete="given-name"
        />
        <TextField
          label={t('settings.last_name', 'Last name')}
          value={values.last_name}
          onChange={set('last_name')}
          maxLength={64}
          disabled={provided}
          autoComplete="family-name"
        />
      </div>
      <TextField
        label={t('settings.username', 'Username')}
        value={values.username}
        onChange={set('username')}
        maxLength={64}
        disabled={provided}
        description={
          elsewhere ?? t('settings.username_hint', 'Others mention you with it: @{name}', { name: values.username })
        }
        autoComplete="username"
        spellCheck={false}
      />
      <TextField
        label={t('settings.nickname', 'Nickname')}
        optional
        value={values.nickname}
        onChange={set('nickname')}
        maxLength={64}
        autoComplete="nickname"
      />
      <TextField
        label={t('settings.position', 'Position')}
        optional
        value={values.position}
        onChange={set('position')}
        maxLength={128}
        description={t('settings.position_hint', 'What you do; it stands on your card.')}
        autoComplete="organization-title"
      />
    </SaveForm>
  )
}

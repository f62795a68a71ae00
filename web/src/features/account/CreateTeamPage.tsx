import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Team } from '@mattermost/types/teams'
import { api } from '../../client/api.ts'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { can } from '../../store/permissions.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { enter } from './go-on.ts'
import { InnerLink } from './InnerLink.tsx'
import { teamAddress } from './team-address.ts'
import { useSubmit } from './use-submit.ts'

/** `/create_team`: a name, and the address made from it. */
export default function CreateTeamPage(): ReactNode {
  const t = useText()
  const allowed = useStore((state) => can(state, 'create_team'))
  const isFirst = useStore((state) => Object.keys(state.teams).length === 0)
  const [name, setName] = useState('')
  const [address, setAddress] = useState<string>()
  const shown = address ?? teamAddress(name)
  const submit = useSubmit(async () => {
    const team = await api.createTeam({ name: shown, display_name: name.trim(), type: 'O' } as Team)
    enter(`/${team.name}/channels/town-square`)
  })
  const back = !isFirst && <InnerLink to="/">{t('team.back', 'Back')}</InnerLink>
  if (!allowed) {
    const lead = t('team.not_allowed', 'You may not create teams here. Ask your administrator for one.')
    return (
      <AccountLayout title={t('team.create', 'Create a team')} lead={lead} after={back}>
        {null}
      </AccountLayout>
    )
  }
  const lead = t('team.create_lead', 'A team is where people and their channels are: your company, or a part of it.')
  return (
    <AccountLayout title={t('team.create', 'Create a team')} lead={lead} after={back}>
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('team.name', 'Team name')}
          value={name}
          onChange={setName}
          maxLength={64}
          autoFocus
          required
        />
        <TextField
          label={t('team.address', 'Address')}
          value={shown}
          onChange={(value) => setAddress(value.toLowerCase())}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
          description={siteAddress(`/${shown || '…'}`)}
          error={submit.error || undefined}
        />
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
          {t('team.submit', 'Create team')}
        </Button>
      </form>
    </AccountLayout>
  )
}

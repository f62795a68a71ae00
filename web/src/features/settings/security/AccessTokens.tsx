import type { ReactNode } from 'react'
import type { UserAccessToken } from '@mattermost/types/users'
import { api } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { failureText, showFailure } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Plus, Trash2 } from '../../../ui/icons.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import css from '../parts/Settings.module.css'
import { NewTokenDialog } from './NewTokenDialog.tsx'
import { useLoaded } from './use-loaded.ts'

const load = (): Promise<UserAccessToken[]> => api.getUserAccessTokensForUser(getState().me, 0, 200)

/** My personal access tokens: made, switched off and on, deleted. */
export function AccessTokens(): ReactNode {
  const t = useText()
  const { data: tokens, error, reload } = useLoaded(load)
  if (error)
    return (
      <ErrorNotice title={error} action={{ label: t('shell.try_again', 'Try again'), onPress: () => void reload() }} />
    )
  if (!tokens) return <Skeleton lines={2} height={32} />
  return (
    <>
      {tokens.length > 0 && (
        <ul className={css['list']}>
          {tokens.map((token) => (
            <li key={token.id}>
              <TokenRow token={token} onChange={reload} />
            </li>
          ))}
        </ul>
      )}
      <div className={css['buttons']}>
        <Button icon={Plus} onPress={() => openDialog((close) => <NewTokenDialog onMade={reload} onClose={close} />)}>
          {t('settings.token_new', 'New token')}
        </Button>
      </div>
    </>
  )
}

function TokenRow({ token, onChange }: { token: UserAccessToken; onChange: () => Promise<void> }): ReactNode {
  const t = useText()
  const { id, description, is_active: active } = token
  const toggle = async (on: boolean): Promise<void> => {
    try {
      await (on ? api.enableUserAccessToken(id) : api.disableUserAccessToken(id))
    } catch (error) {
      showFailure(error)
    }
    await onChange()
  }
  const remove = (): void =>
    void openDialog((close) => (
      <DeleteDialog description={description} onDelete={() => removeToken(id, onChange)} onClose={close} />
    ))
  return (
    <div className={css['row']}>
      <span className={css['rowText']}>
        {description} {!active && <Badge>{t('settings.token_off', 'Off')}</Badge>}
        <small>{t('settings.token_id', 'Id {id}', { id })}</small>
      </span>
      <Switch checked={active ?? false} onChange={(on) => void toggle(on)}>
        {t('settings.token_active', 'Active')}
      </Switch>
      <IconButton
        icon={Trash2}
        label={t('settings.token_delete', 'Delete {name}', { name: description })}
        onPress={remove}
      />
    </div>
  )
}

async function removeToken(id: string, onChange: () => Promise<void>): Promise<void> {
  await api.revokeUserAccessToken(id)
  await onChange()
}

interface DeleteProps {
  readonly description: string
  readonly onDelete: () => Promise<void>
  readonly onClose: () => void
}

function DeleteDialog({ description, onDelete, onClose }: DeleteProps): ReactNode {
  const t = useText()
  return (
    <ConfirmDialog
      title={t('settings.token_delete_title', 'Delete this token?')}
      confirmLabel={t('settings.delete', 'Delete')}
      danger
      onConfirm={onDelete}
      errorText={failureText}
      onClose={onClose}
    >
      {t('settings.token_delete_text', 'Programs that use “{name}” lose access at once. This cannot be undone.', {
        name: description,
      })}
    </ConfirmDialog>
  )
}

import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { failureText } from '../../shell/failure.ts'
import { currentText } from '../../shell/i18n.tsx'
import { goTo } from '../../shell/navigate.ts'
import { forgetTeam } from '../../store/channels.ts'
import type { Id } from '../../store/state.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Asks, then leaves a team with all its channels. */
export function leaveTeam(teamId: Id): void {
  const t = currentText()
  const name = getState().teams[teamId]?.display_name ?? ''
  const leave = async (): Promise<void> => {
    await api.removeFromTeam(teamId, getState().me)
    goTo('/', { replace: true })
    update((state) => forgetTeam(state, teamId))
  }
  openDialog((close) => (
    <ConfirmDialog
      title={t('teams.leave_question', 'Leave the team “{name}”?', { name })}
      confirmLabel={t('teams.leave', 'Leave team')}
      danger
      onConfirm={leave}
      errorText={failureText}
      onClose={close}
    >
      {t('teams.leave_hint', 'You leave all its channels. To come back you may need an invitation.')}
    </ConfirmDialog>
  ))
}

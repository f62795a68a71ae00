import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { getState, update, useStore } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { showFailure } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import { receivedMe } from '../../../store/load.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Button } from '../../../ui/Button.tsx'
import { pickFiles } from '../../../ui/FileDrop.tsx'
import { Trash2, Upload } from '../../../ui/icons.ts'
import { showToast } from '../../../ui/toasts.ts'
import { pictureOf, useDisplayName } from '../../people/Person.tsx'
import css from '../parts/Settings.module.css'
import { CropDialog } from './CropDialog.tsx'

/** What the server makes a picture of. */
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/bmp', 'image/webp']

/** My picture: chosen, cut, taken away. */
export function PictureEditor(): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const at = useStore((state) => state.users[state.me]?.last_picture_update ?? 0)
  const name = useDisplayName(me)
  const [busy, setBusy] = useState(false)
  const pick = async (): Promise<void> => {
    const [file] = await pickFiles({ accept: TYPES.join(','), multiple: false })
    if (!file) return
    if (!TYPES.includes(file.type)) {
      showToast(t('settings.no_picture', 'Choose a picture: PNG, JPEG, GIF, WebP or BMP.'), { tone: 'danger' })
      return
    }
    openDialog((close) => <CropDialog file={file} onSave={savePicture} onClose={close} />)
  }
  const remove = async (): Promise<void> => {
    setBusy(true)
    await api.setDefaultProfileImage(me).then(pictureChanged).catch(showFailure)
    setBusy(false)
  }
  return (
    <div className={css['picture']}>
      <Avatar name={name} src={pictureOf(me, at)} size={72} label={t('settings.your_picture', 'Your picture')} />
      <div className={css['buttons']}>
        <Button icon={Upload} onPress={() => void pick()}>
          {t('settings.upload_picture', 'Choose a picture')}
        </Button>
        {at > 0 && (
          <Button variant="quiet" icon={Trash2} pending={busy} onPress={() => void remove()}>
            {t('settings.remove_picture', 'Remove')}
          </Button>
        )}
      </div>
    </div>
  )
}

async function savePicture(picture: File): Promise<void> {
  await api.uploadProfileImage(getState().me, picture)
  await pictureChanged()
}

/** The address of a picture changes with its time, which only the server knows. */
async function pictureChanged(): Promise<void> {
  const user = await api.getMe()
  update((state) => receivedMe(state, user))
}

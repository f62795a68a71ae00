import { useEffect, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogButtons } from '../../ui/DialogButtons.tsx'
import { FileDrop, pickFiles } from '../../ui/FileDrop.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Image as ImageIcon, Upload } from '../../ui/icons.ts'
import { checkEmojiName, EMOJI_LIMITS, nameOfFile } from './custom-emoji.ts'
import { checkEmojiFile, type FileProblem } from './emoji-file.ts'
import styles from './CustomEmojiDialog.module.css'

export interface CustomEmojiDialogProps {
  /** Uploads the emoji. What it throws is shown by its message, and the dialog stays. */
  onCreate: (name: string, file: File) => Promise<void>
  onClose: () => void
}

type Picture = { file: File; url: string; problem: FileProblem | null }

/** Makes a custom emoji of a picture and a name, and shows how it will look. */
export function CustomEmojiDialog({ onCreate, onClose }: CustomEmojiDialogProps): ReactNode {
  const t = useText()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<{ pending: boolean; error: string | null }>({ pending: false, error: null })
  const { picture, choose } = usePicture((file) => setName((typed) => typed || nameOfFile(file.name)))
  const nameProblem = checkEmojiName(name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (nameProblem || !picture || picture.problem || state.pending) return
    setState({ pending: true, error: null })
    onCreate(name, picture.file).then(onClose, (error: unknown) =>
      setState({ pending: false, error: error instanceof Error && error.message ? error.message : String(error) }),
    )
  }
  const nameError =
    nameProblem && (tried || (name !== '' && nameProblem !== 'empty')) ? nameText(nameProblem, t) : undefined
  return (
    <Dialog
      title={t('emoji.add_title', 'Add a custom emoji')}
      size="s"
      persistent={state.pending}
      onClose={onClose}
      footer={
        <DialogButtons onCancel={onClose} pending={state.pending}>
          <Button type="submit" form="custom-emoji" variant="primary" pending={state.pending}>
            {t('emoji.save', 'Add emoji')}
          </Button>
        </DialogButtons>
      }
    >
      <form id="custom-emoji" className={styles.form} onSubmit={submit} noValidate>
        <PictureField picture={picture} missing={tried && !picture} onFile={choose} />
        <TextField
          label={t('emoji.name', 'Name')}
          description={t('emoji.name_hint', 'Small letters, digits, _, - and +. People type it between colons.')}
          value={name}
          onChange={(typed) => setName(typed.toLowerCase().replaceAll(':', ''))}
          error={nameError}
          maxLength={EMOJI_LIMITS.name + 1}
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
        {state.error && (
          <p role="alert" className={styles.error}>
            {state.error}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function usePicture(onChosen: (file: File) => void): { picture: Picture | null; choose: (file: File) => void } {
  const [picture, setPicture] = useState<Picture | null>(null)
  useEffect(() => () => URL.revokeObjectURL(picture?.url ?? ''), [picture?.url])
  const choose = (file: File): void => {
    void checkEmojiFile(file).then((problem) => {
      setPicture({ file, url: URL.createObjectURL(file), problem })
      if (!problem) onChosen(file)
    })
  }
  return { picture, choose }
}

function PictureField(props: { picture: Picture | null; missing: boolean; onFile: (file: File) => void }): ReactNode {
  const { picture, missing, onFile } = props
  const t = useText()
  const [first] = [(files: readonly File[]) => files[0] && onFile(files[0])]
  const problem = picture?.problem
    ? fileText(picture.problem, t)
    : missing
      ? t('emoji.file_missing', 'Choose a picture.')
      : null
  return (
    <FileDrop label={t('emoji.drop', 'Drop the picture here')} onFiles={first} className={styles.drop}>
      <div className={styles.samples} aria-hidden>
        {picture && !picture.problem ? (
          <>
            <img src={picture.url} alt="" className={styles.big} />
            <img src={picture.url} alt="" className={styles.small} />
          </>
        ) : (
          <span className={styles.blank}>
            <Icon icon={ImageIcon} size="xl" />
          </span>
        )}
      </div>
      <div className={styles.file}>
        <Button icon={Upload} onPress={() => void pickFiles({ accept: 'image/png,image/gif,image/jpeg' }).then(first)}>
          {picture ? t('emoji.other_file', 'Choose another picture') : t('emoji.file', 'Choose a picture')}
        </Button>
        <p role={problem ? 'alert' : undefined} className={problem ? styles.error : styles.hint}>
          {problem ?? t('emoji.file_hint', 'PNG, JPEG or GIF up to 512 KiB and 1,028 × 1,028 pixels.')}
        </p>
      </div>
    </FileDrop>
  )
}

function nameText(problem: NonNullable<ReturnType<typeof checkEmojiName>>, t: Text): string {
  switch (problem) {
    case 'empty':
      return t('emoji.name_empty', 'Give it a name.')
    case 'long':
      return t('emoji.name_long', 'A name has at most 64 characters.')
    case 'characters':
      return t('emoji.name_characters', 'Only small letters, digits, _, - and + may be in a name.')
    case 'system':
      return t('emoji.name_system', 'There is an emoji of this name already. Choose another name.')
  }
}

function fileText(problem: FileProblem, t: Text): string {
  switch (problem) {
    case 'type':
      return t('emoji.file_type', 'This is no PNG, JPEG or GIF picture. Choose another file.')
    case 'bytes':
      return t('emoji.file_bytes', 'The file is larger than 512 KiB. Choose a smaller one.')
    case 'side':
      return t('emoji.file_side', 'The picture is larger than 1,028 × 1,028 pixels. Choose a smaller one.')
  }
}

import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { FormDialog } from '../../../shell/FormDialog.tsx'
import { useText } from '../../../shell/i18n.tsx'
import { Field } from '../../../ui/Field.tsx'
import css from './CropDialog.module.css'
import { coverSize, cropRect, keepInside } from './crop.ts'
import type { Crop } from './crop.ts'

/** Pixels of the picture that is kept; the server shows none larger. */
const RESULT = 512
/** Pixels of the square in which the part is chosen. */
const VIEW = 256
const MOST_ZOOM = 4

interface Props {
  readonly file: File
  readonly onSave: (picture: File) => Promise<void>
  readonly onClose: () => void
}

/** Chooses the square of a picture: by dragging, with the arrow keys, and a slider for the size. */
export function CropDialog({ file, onSave, onClose }: Props): ReactNode {
  const t = useText()
  const image = useImage(file)
  const [crop, setCrop] = useState<Crop>({ x: 0.5, y: 0.5, zoom: 1 })
  const failed = image === null
  const save = async (): Promise<void> => {
    if (image) await onSave(await cut(image, crop, file.name))
  }
  return (
    <FormDialog
      title={t('settings.crop_title', 'Choose the part to show')}
      submit={t('settings.crop_save', 'Use this picture')}
      size="s"
      disabled={!image}
      onSubmit={save}
      onClose={onClose}
    >
      {failed ? (
        <p role="alert">{t('settings.picture_unreadable', 'This file cannot be read as a picture.')}</p>
      ) : (
        <Chooser image={image} crop={crop} onChange={setCrop} />
      )}
    </FormDialog>
  )
}

interface ChooserProps {
  readonly image: ImageBitmap | undefined
  readonly crop: Crop
  readonly onChange: (crop: Crop) => void
}

function Chooser({ image, crop, onChange }: ChooserProps): ReactNode {
  const t = useText()
  const hint = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const held = useRef<{ x: number; y: number; crop: Crop } | null>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !image) return
    const { left, top, size } = cropRect(image, crop)
    context.clearRect(0, 0, RESULT, RESULT)
    context.drawImage(image, left, top, size, size, 0, 0, RESULT, RESULT)
  }, [image, crop])
  if (!image) return <div className={css['view']} />
  const move = (dx: number, dy: number, from = crop): void => {
    const size = coverSize(image, from)
    onChange(keepInside(image, { ...from, x: from.x - dx / size.width, y: from.y - dy / size.height }))
  }
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { x: event.clientX, y: event.clientY, crop }
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (!held.current) return
    move((event.clientX - held.current.x) / VIEW, (event.clientY - held.current.y) / VIEW, held.current.crop)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: [0.05, 0], ArrowRight: [-0.05, 0], ArrowUp: [0, 0.05], ArrowDown: [0, -0.05] }[event.key]
    if (!step) return
    event.preventDefault()
    move(step[0]!, step[1]!)
  }
  return (
    <>
      <canvas
        ref={canvas}
        width={RESULT}
        height={RESULT}
        className={css['view']}
        role="img"
        tabIndex={0}
        aria-label={t('settings.crop_view', 'Part of the picture')}
        aria-describedby={hint}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (held.current = null)}
        onKeyDown={onKeyDown}
      />
      <p id={hint} className={css['hint']}>
        {t('settings.crop_hint', 'Drag the picture, or move it with the arrow keys.')}
      </p>
      <Field label={t('settings.zoom', 'Size')}>
        {(ids) => (
          <input
            {...ids}
            type="range"
            min={1}
            max={MOST_ZOOM}
            step={0.05}
            value={crop.zoom}
            onChange={(event) => onChange(keepInside(image, { ...crop, zoom: Number(event.target.value) }))}
          />
        )}
      </Field>
    </>
  )
}

/** The picture of a file; undefined while it is read, null when it is none. */
function useImage(file: File): ImageBitmap | null | undefined {
  const [image, setImage] = useState<ImageBitmap | null>()
  useEffect(() => {
    let here = true
    createImageBitmap(file).then(
      (bitmap) => here && setImage(bitmap),
      () => here && setImage(null),
    )
    return () => void (here = false)
  }, [file])
  return image
}

async function cut(image: ImageBitmap, crop: Crop, name: string): Promise<File> {
  const { left, top, size } = cropRect(image, crop)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = RESULT
  canvas.getContext('2d')!.drawImage(image, left, top, size, size, 0, 0, RESULT, RESULT)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return new File([blob!], `${name.replace(/\.\w+$/, '')}.png`, { type: 'image/png' })
}

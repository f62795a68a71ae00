/** How a picture is shown: enlarged by `scale` against fitting into the window, its middle moved by x and y px. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const FITTED: View = { scale: 1, x: 0, y: 0 }
export const MOST = 8

/** The picture as far moved as keeps it in the window: an edge never leaves the window's edge behind it. */
export function keepInside({ scale, x, y }: View, picture: Size, stage: Size): View {
  const spare = (length: number, room: number): number => Math.max(0, (length * scale - room) / 2)
  const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value))
  return {
    scale,
    x: clamp(x, spare(picture.width, stage.width)),
    y: clamp(y, spare(picture.height, stage.height)),
  }
}

/** Enlarges or shrinks; the point under the pointer (px from the middle of the stage) stays where it is. */
export function zoomAt(view: View, factor: number, point: { x: number; y: number }): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  if (scale === 1) return FITTED
  const by = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }
}

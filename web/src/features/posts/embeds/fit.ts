export interface Size {
  readonly width: number
  readonly height: number
}

/** A size shrunk to fit into a box, never enlarged. Undefined while nothing is known of it. */
export function fit(size: Partial<Size> | undefined, box: Size): Size | undefined {
  const { width = 0, height = 0 } = size ?? {}
  if (width <= 0 || height <= 0) return undefined
  const scale = Math.min(1, box.width / width, box.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** px: smaller ones can neither be seen nor pressed. */
const LEAST = 48

/** The place of a picture that opens when it is pressed: its own size, and never a dot or a line. */
export const placeFor = ({ width, height }: Size): Size => ({
  width: Math.max(LEAST, width),
  height: Math.max(LEAST, height),
})

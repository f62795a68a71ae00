import type { Image } from './ast.ts'
import type { Size } from './context.ts'

/** Pixels a picture in a text takes at most. */
const WIDEST = 640
const HIGHEST = 350
/** Up to this height a picture is part of the line, as badges of GitLab are. */
const SMALL = 32

export type Fitted = Size & { small: boolean }

/**
 * The size a picture is shown at: as asked for with `=100x50`, else its own, shrunk to fit and never enlarged beyond what
 * was asked. Null as long as nothing is known of it.
 */
export function fitImage({ width, height }: Pick<Image, 'width' | 'height'>, real: Size | null): Fitted | null {
  const natural = real && real.width > 0 && real.height > 0 ? real : null
  const ratio = natural ? natural.width / natural.height : width > 0 && height > 0 ? width / height : 0
  if (ratio === 0) return null
  const wanted =
    width > 0 ? { width, height: height || width / ratio } : height > 0 ? { width: height * ratio, height } : natural!
  const scale = Math.min(1, WIDEST / wanted.width, HIGHEST / wanted.height)
  const fitted = {
    width: Math.max(1, Math.round(wanted.width * scale)),
    height: Math.max(1, Math.round(wanted.height * scale)),
  }
  return { ...fitted, small: fitted.height <= SMALL }
}

/** The square that is kept of a picture: its middle as parts (0 … 1) of width and height, and how much it is enlarged. */
export interface Crop {
  readonly x: number
  readonly y: number
  /** 1: as much as fits into the square */
  readonly zoom: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Edges of the square in pixels of the picture. */
export function cropRect(image: Size, crop: Crop): { left: number; top: number; size: number } {
  const size = Math.min(image.width, image.height) / crop.zoom
  return { left: crop.x * image.width - size / 2, top: crop.y * image.height - size / 2, size }
}

/** Width and height of the whole picture, measured in squares. */
export function coverSize(image: Size, crop: Crop): Size {
  const { size } = cropRect(image, crop)
  return { width: image.width / size, height: image.height / size }
}

/** The same, moved so far that the square holds nothing but picture. */
export function keepInside(image: Size, crop: Crop): Crop {
  const { width, height } = coverSize(image, crop)
  const inside = (value: number, extent: number): number => Math.min(1 - 0.5 / extent, Math.max(0.5 / extent, value))
  return { ...crop, x: inside(crop.x, width), y: inside(crop.y, height) }
}

import { PNG } from './png.ts'

/** A form with one small picture. */
export function pictureForm(field: string, more: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(more)) form.append(name, value)
  form.append(field, new Blob([PNG], { type: 'image/png' }), 'picture.png')
  return form
}
